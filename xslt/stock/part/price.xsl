<?xml version="1.0" encoding="UTF-8"?>
<!-- price: amounts in whole yen. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@*" mode="price">
	<span class="money">
		<xsl:apply-templates select="." mode="price-text"/>
	</span>
</xsl:template>

<!-- The words around an amount, looked up once: a list has many amounts. -->
<xsl:variable name="yen">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'price.yen'"/>
		<xsl:with-param name="one" select="'{1}'"/>
	</xsl:call-template>
</xsl:variable>

<xsl:template match="@*" mode="price-text">
	<xsl:value-of select="concat(substring-before($yen, '{1}'),
	    format-number(., '#,##0'), substring-after($yen, '{1}'))"/>
</xsl:template>

<xsl:template match="@*" mode="percent">
	<xsl:value-of select="concat(., '%')"/>
</xsl:template>

</xsl:stylesheet>
