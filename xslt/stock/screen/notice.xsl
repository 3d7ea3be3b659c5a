<?xml version="1.0" encoding="UTF-8"?>
<!-- notice (figure 12 i): upgrades, new features, programs that go with. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="notice">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<p class="lead">
			<xsl:call-template name="count">
				<xsl:with-param name="id" select="'notice.unread'"/>
				<xsl:with-param name="number" select="@unread"/>
			</xsl:call-template>
		</p>
	</div>
	<div class="split">
		<div class="split-main">
			<xsl:apply-templates select="/page/form[@name = 'read']"/>
			<xsl:apply-templates select="." mode="items"/>
		</div>
		<aside class="split-side">
			<section class="card">
				<xsl:call-template name="heading">
					<xsl:with-param name="id" select="'notice.settings'"/>
				</xsl:call-template>
				<xsl:apply-templates select="/page/form[@name = 'mail']"/>
			</section>
		</aside>
	</div>
</xsl:template>

<xsl:template match="notice" mode="items">
	<ul class="news"><xsl:apply-templates select="item"/></ul>
</xsl:template>

<xsl:template match="notice[not(item)]" mode="items">
	<xsl:call-template name="empty">
		<xsl:with-param name="id" select="'notice.empty'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="notice/item">
	<li class="card news-item read-{@read}">
		<p class="badges">
			<xsl:call-template name="badge">
				<xsl:with-param name="kind" select="'notice.kind'"/>
				<xsl:with-param name="state" select="@kind"/>
			</xsl:call-template>
			<xsl:apply-templates select="@read"/>
			<span class="soft"><xsl:apply-templates select="@at" mode="time"/></span>
		</p>
		<p><xsl:apply-templates select="." mode="words"/></p>
		<xsl:apply-templates select="feature"/>
		<div class="buttons row">
			<xsl:apply-templates select="." mode="actions"/>
		</div>
	</li>
</xsl:template>

<xsl:template match="item/@read"/>
<xsl:template match="item/@read[. = 'no']">
	<span class="badge unread">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'notice.new'"/>
		</xsl:call-template>
	</span>
</xsl:template>

<xsl:template match="item" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('notice.', @kind, '.says')"/>
		<xsl:with-param name="one">
			<strong><xsl:apply-templates select="name"/></strong>
		</xsl:with-param>
		<xsl:with-param name="two">
			<xsl:value-of select="@version"/>
		</xsl:with-param>
		<xsl:with-param name="three">
			<strong><xsl:apply-templates select="related_name"/></strong>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- An upgrade whose version is not told, and the like, say less. -->
<xsl:template match="item[@kind != 'related' and not(@version)]" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'notice.upgrade.says.short'"/>
		<xsl:with-param name="one">
			<strong><xsl:apply-templates select="name"/></strong>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="item/feature">
	<p class="lines quote">
		<xsl:apply-templates select="@xml:lang" mode="lang"/>
		<xsl:value-of select="."/>
	</p>
</xsl:template>

<xsl:template match="item" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('software?code=', @software)"/>
		<xsl:with-param name="id" select="concat('notice.', @kind, '.go')"/>
	</xsl:call-template>
	<xsl:apply-templates select="." mode="mark-read"/>
</xsl:template>
<xsl:template match="item[@kind = 'related' and @related]" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('software?code=', @related)"/>
		<xsl:with-param name="id" select="'notice.related.go'"/>
	</xsl:call-template>
	<xsl:apply-templates select="." mode="mark-read"/>
</xsl:template>

<!-- One item read: the form for all, with this one's number. -->
<xsl:template match="item" mode="mark-read"/>
<xsl:template match="item[@read = 'no']" mode="mark-read">
	<xsl:variable name="form" select="/page/form[@name = 'read']"/>
	<xsl:if test="$form">
		<form method="post" action="{$base}notice">
			<input type="hidden" name="read" value="{@id}"/>
			<xsl:apply-templates select="$form/field[@name != 'read']"/>
			<button type="submit" class="quiet">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'button.read.one'"/>
				</xsl:call-template>
			</button>
		</form>
	</xsl:if>
</xsl:template>

<xsl:template match="form[@name = 'read' or @name = 'mail']" mode="button-class">
	<xsl:attribute name="class">quiet</xsl:attribute>
</xsl:template>

</xsl:stylesheet>
