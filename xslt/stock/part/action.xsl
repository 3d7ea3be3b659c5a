<?xml version="1.0" encoding="UTF-8"?>
<!-- action: links that look like buttons, headings, notes and table cells:
     small pieces with words in them. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- to: screen and query; id: of the words; look: quiet or danger. -->
<xsl:template name="action">
	<xsl:param name="to"/>
	<xsl:param name="id"/>
	<xsl:param name="look"/>
	<a class="{normalize-space(concat('button ', $look))}" href="{$base}{$to}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="$id"/>
		</xsl:call-template>
	</a>
</xsl:template>

<!-- The running program itself. -->
<xsl:template match="@url" mode="open">
	<a class="button" href="{.}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'button.open'"/>
		</xsl:call-template>
	</a>
</xsl:template>
<xsl:template match="entry/@url | software/license/@url" mode="open">
	<a class="button quiet" href="{.}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'button.open'"/>
		</xsl:call-template>
	</a>
</xsl:template>

<xsl:template name="heading">
	<xsl:param name="id"/>
	<h2>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="$id"/>
		</xsl:call-template>
	</h2>
</xsl:template>

<!-- A paragraph. -->
<xsl:template name="say">
	<xsl:param name="id"/>
	<xsl:param name="class"/>
	<xsl:param name="one"/>
	<xsl:param name="two"/>
	<p>
		<xsl:if test="$class != ''">
			<xsl:attribute name="class"><xsl:value-of select="$class"/></xsl:attribute>
		</xsl:if>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="$id"/>
			<xsl:with-param name="one" select="$one"/>
			<xsl:with-param name="two" select="$two"/>
		</xsl:call-template>
	</p>
</xsl:template>

<!-- Tables: on a phone each row becomes a block, each cell says its column. -->
<xsl:template name="column">
	<xsl:param name="id"/>
	<xsl:param name="class"/>
	<th scope="col">
		<xsl:if test="$class != ''">
			<xsl:attribute name="class"><xsl:value-of select="$class"/></xsl:attribute>
		</xsl:if>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="$id"/>
		</xsl:call-template>
	</th>
</xsl:template>

<xsl:template name="cell">
	<xsl:param name="id"/>
	<xsl:param name="class"/>
	<xsl:param name="what"/>
	<td>
		<xsl:if test="$class != ''">
			<xsl:attribute name="class"><xsl:value-of select="$class"/></xsl:attribute>
		</xsl:if>
		<xsl:attribute name="data-label">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="$id"/>
			</xsl:call-template>
		</xsl:attribute>
		<xsl:copy-of select="$what"/>
	</td>
</xsl:template>

<!-- An empty list says what would stand there, and where to go. -->
<xsl:template name="empty">
	<xsl:param name="id"/>
	<div class="empty">
		<img src="{$asset}key.svg" alt="" width="64" height="64"/>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="$id"/>
			</xsl:call-template>
		</p>
		<p>
			<xsl:call-template name="action">
				<xsl:with-param name="to" select="'catalog'"/>
				<xsl:with-param name="id" select="'button.catalog'"/>
			</xsl:call-template>
		</p>
	</div>
</xsl:template>

</xsl:stylesheet>
