<?xml version="1.0" encoding="UTF-8"?>
<!-- price: amounts in whole yen. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@*" mode="price">
	<span class="money">
		<xsl:value-of select="concat($before-yen, format-number(., '#,##0'),
		    $after-yen)"/>
	</span>
</xsl:template>

<!-- The words around an amount, looked up once: a list has many amounts. -->
<xsl:variable name="yen">
	<xsl:call-template name="words">
		<xsl:with-param name="id" select="'price.yen'"/>
	</xsl:call-template>
</xsl:variable>
<xsl:variable name="before-yen" select="substring-before($yen, '{1}')"/>
<xsl:variable name="after-yen" select="substring-after($yen, '{1}')"/>

<xsl:template match="@*" mode="price-text">
	<xsl:value-of select="concat($before-yen, format-number(., '#,##0'),
	    $after-yen)"/>
</xsl:template>

<xsl:template match="@*" mode="percent">
	<xsl:value-of select="concat(., '%')"/>
</xsl:template>

</xsl:stylesheet>
