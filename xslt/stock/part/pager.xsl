<?xml version="1.0" encoding="UTF-8"?>
<!-- pager: back and on through a long list. A form, because what was searched
     for must go along and an address would need encoding. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="*" mode="pager"/>
<xsl:template match="*[@pages &gt; 1]" mode="pager">
	<xsl:variable name="form" select="/page/form[@method = 'get'][1]"/>
	<form class="pager" method="get" action="{$base}{/page/@screen}">
		<xsl:apply-templates select="$form/field" mode="kept"/>
		<xsl:if test="@page &gt; 1">
			<xsl:call-template name="turn">
				<xsl:with-param name="page" select="@page - 1"/>
				<xsl:with-param name="id" select="'pager.back'"/>
			</xsl:call-template>
		</xsl:if>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'pager.page'"/>
				<xsl:with-param name="one" select="string(@page)"/>
				<xsl:with-param name="two" select="string(@pages)"/>
			</xsl:call-template>
		</p>
		<xsl:if test="@page &lt; @pages">
			<xsl:call-template name="turn">
				<xsl:with-param name="page" select="@page + 1"/>
				<xsl:with-param name="id" select="'pager.on'"/>
			</xsl:call-template>
		</xsl:if>
	</form>
</xsl:template>

<xsl:template name="turn">
	<xsl:param name="page"/>
	<xsl:param name="id"/>
	<button class="quiet" type="submit" name="page" value="{$page}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="$id"/>
		</xsl:call-template>
	</button>
</xsl:template>

<xsl:template match="field" mode="kept"/>
<xsl:template match="field[value != '' and @name != 'page']" mode="kept">
	<input type="hidden" name="{@name}" value="{value}"/>
</xsl:template>
<xsl:template match="field[choice[@selected = 'yes' and @value != '']]" mode="kept">
	<input type="hidden" name="{@name}"
	    value="{choice[@selected = 'yes']/@value}"/>
</xsl:template>

</xsl:stylesheet>
