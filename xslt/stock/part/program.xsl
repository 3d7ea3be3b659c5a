<?xml version="1.0" encoding="UTF-8"?>
<!-- program: how a program is shown on several screens: icon, name, texts of
     its maker, price. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="*" mode="icon">
	<img class="icon" src="{$asset}program.svg" alt="" width="56" height="56"/>
</xsl:template>
<xsl:template match="*[@icon != '']" mode="icon">
	<img class="icon" src="{$media}{@icon}" alt=""
	    width="56" height="56" loading="lazy"/>
</xsl:template>

<!-- A text in another language than the page's says so. -->
<xsl:template match="@xml:lang" mode="lang">
	<xsl:if test=". != $language">
		<xsl:attribute name="lang"><xsl:value-of select="."/></xsl:attribute>
	</xsl:if>
</xsl:template>

<xsl:template match="name | related_name">
	<span>
		<xsl:apply-templates select="@xml:lang" mode="lang"/>
		<xsl:value-of select="."/>
	</span>
</xsl:template>

<xsl:template match="summary">
	<p class="summary">
		<xsl:apply-templates select="@xml:lang" mode="lang"/>
		<xsl:value-of select="."/>
	</p>
</xsl:template>

<xsl:template match="maker">
	<span class="maker">
		<xsl:apply-templates select="@xml:lang" mode="lang"/>
		<xsl:value-of select="."/>
	</span>
</xsl:template>

<xsl:template match="description">
	<div class="prose">
		<xsl:apply-templates select="@xml:lang" mode="lang"/>
		<xsl:apply-templates mode="markup"/>
	</div>
</xsl:template>

<!-- The few elements a maker may use; any other is reported. -->
<xsl:template match="*" mode="markup">
	<xsl:apply-templates select="."/>
</xsl:template>
<xsl:template mode="markup"
    match="p | ul | ol | li | em | strong | code | br | h3">
	<xsl:element name="{local-name()}">
		<xsl:apply-templates mode="markup"/>
	</xsl:element>
</xsl:template>
<xsl:template match="a" mode="markup">
	<a rel="noopener nofollow">
		<xsl:if test="starts-with(@href, 'http://') or
		    starts-with(@href, 'https://')">
			<xsl:attribute name="href"><xsl:value-of select="@href"/></xsl:attribute>
		</xsl:if>
		<xsl:apply-templates mode="markup"/>
	</a>
</xsl:template>

<!-- What it costs: the price with tax first, as the law wants. -->
<xsl:template match="*" mode="cost">
	<p class="cost">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('cost.', @model)"/>
		</xsl:call-template>
	</p>
</xsl:template>
<!-- The words around the numbers of a list, looked up once for all items. -->
<xsl:variable name="cost-from">
	<xsl:call-template name="words">
		<xsl:with-param name="id" select="'cost.from'"/>
	</xsl:call-template>
</xsl:variable>
<xsl:variable name="cost-without-tax">
	<xsl:call-template name="words">
		<xsl:with-param name="id" select="'cost.without-tax'"/>
	</xsl:call-template>
</xsl:variable>
<xsl:variable name="cost-trial">
	<xsl:call-template name="words">
		<xsl:with-param name="id" select="'cost.trial'"/>
	</xsl:call-template>
</xsl:variable>

<xsl:variable name="before-from" select="substring-before($cost-from, '{1}')"/>
<xsl:variable name="after-from" select="substring-after($cost-from, '{1}')"/>
<xsl:variable name="before-without-tax"
    select="substring-before($cost-without-tax, '{1}')"/>
<xsl:variable name="after-without-tax"
    select="substring-after($cost-without-tax, '{1}')"/>
<xsl:variable name="before-trial" select="substring-before($cost-trial, '{1}')"/>
<xsl:variable name="after-trial" select="substring-after($cost-trial, '{1}')"/>

<xsl:template match="*[@price_total and @model = 'license']" mode="cost">
	<p class="cost">
		<xsl:value-of select="$before-from"/>
		<b><xsl:apply-templates select="@price_total" mode="price"/></b>
		<xsl:value-of select="$after-from"/>
		<small>
			<xsl:value-of select="$before-without-tax"/>
			<xsl:apply-templates select="@price" mode="price"/>
			<xsl:value-of select="$after-without-tax"/>
		</small>
	</p>
</xsl:template>

<!-- The free trial, where there is one. -->
<xsl:template match="*" mode="trial"/>
<xsl:template match="*[@trial_days &gt; 0 and @model = 'license']" mode="trial">
	<span class="badge trial">
		<xsl:value-of select="concat($before-trial, @trial_days, $after-trial)"/>
	</span>
</xsl:template>

</xsl:stylesheet>
