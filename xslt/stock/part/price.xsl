<?xml version="1.0" encoding="UTF-8"?>
<!-- price: amounts in whole yen. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@*" mode="price">
	<span class="money">
		<xsl:apply-templates select="." mode="price-text"/>
	</span>
</xsl:template>

<xsl:template match="@*" mode="price-text">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'price.yen'"/>
		<xsl:with-param name="one" select="format-number(., '#,##0')"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="@*" mode="percent">
	<xsl:value-of select="concat(., '%')"/>
</xsl:template>

</xsl:stylesheet>
