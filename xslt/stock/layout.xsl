<?xml version="1.0" encoding="UTF-8"?>
<!-- layout: the frame around every screen: head, header, navigation, footer.
     A screen's stylesheet imports it and matches its own element. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:include href="part/all.xsl"/>

<xsl:output method="html" encoding="UTF-8" indent="no"
    doctype-system="about:legacy-compat"/>
<xsl:strip-space elements="page form field catalog item software license entry
    install job purchase uninstall notice invoice account"/>

<xsl:variable name="base" select="string(/page/@base)"/>
<xsl:variable name="asset" select="string(/page/site/@asset)"/>
<xsl:variable name="media" select="string(/page/site/@media)"/>

<xsl:template match="/">
	<xsl:apply-templates select="page"/>
</xsl:template>

<xsl:template match="page">
	<html lang="{$language}">
		<head><xsl:apply-templates select="." mode="head"/></head>
		<body class="screen-{@screen}">
			<a class="skip" href="#main">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'layout.skip'"/>
				</xsl:call-template>
			</a>
			<xsl:apply-templates select="." mode="header"/>
			<main id="main" tabindex="-1">
				<xsl:apply-templates select="." mode="main"/>
			</main>
			<xsl:apply-templates select="." mode="footer"/>
		</body>
	</html>
</xsl:template>

<xsl:template match="page" mode="head">
	<title><xsl:apply-templates select="." mode="title"/></title>
	<meta name="viewport" content="width=device-width, initial-scale=1"/>
	<meta name="color-scheme" content="light dark"/>
	<link rel="icon" type="image/svg+xml" href="{$asset}favicon.svg"/>
	<xsl:apply-templates select="." mode="style"/>
	<xsl:apply-templates select="*[last()]" mode="script"/>
</xsl:template>

<xsl:template match="page" mode="style">
	<link rel="stylesheet" href="{$asset}theme.css"/>
	<link rel="stylesheet" href="{$asset}base.css"/>
	<link rel="stylesheet" href="{$asset}shop.css"/>
	<link rel="stylesheet" href="{$asset}form.css"/>
	<link rel="stylesheet" href="{$asset}page.css"/>
	<link rel="stylesheet" href="{$asset}print.css" media="print"/>
</xsl:template>

<!-- A screen that needs a script says so. -->
<xsl:template match="*" mode="script"/>

<xsl:template match="page" mode="title">
	<xsl:if test="problem">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'layout.error'"/>
		</xsl:call-template>
	</xsl:if>
	<xsl:apply-templates select="*[last()]" mode="title"/>
	<xsl:value-of select="concat(' - ', site/name)"/>
</xsl:template>

<!-- The screen's name, unless it knows something better. -->
<xsl:template match="*" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat(/page/@screen, '.title')"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="page" mode="main">
	<xsl:apply-templates select="." mode="told"/>
	<xsl:apply-templates select="*[last()]"/>
</xsl:template>

<!-- What went wrong, what went well. -->
<xsl:template match="page" mode="told">
	<xsl:if test="problem">
		<xsl:apply-templates select="." mode="problems"/>
	</xsl:if>
	<xsl:apply-templates select="message"/>
</xsl:template>

<xsl:template match="page/message">
	<p class="told" role="status">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="string(@id)"/>
			<xsl:with-param name="one" select="string(argument)"/>
		</xsl:call-template>
	</p>
</xsl:template>

<xsl:template match="page" mode="footer">
	<footer class="foot">
		<p class="foot-name"><xsl:value-of select="site/name"/></p>
		<xsl:apply-templates select="site/@legal"/>
		<xsl:apply-templates select="." mode="foot-note"/>
	</footer>
</xsl:template>

<xsl:template match="site/@legal">
	<p>
		<a href="{.}">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'layout.legal'"/>
			</xsl:call-template>
		</a>
	</p>
</xsl:template>

<xsl:template match="page" mode="foot-note">
	<p>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('layout.zone.', site/@zone)"/>
			<xsl:with-param name="or" select="'layout.zone'"/>
			<xsl:with-param name="one" select="string(site/@zone)"/>
		</xsl:call-template>
	</p>
</xsl:template>

<!-- Nothing vanishes silently: an element without a template of its own is
     reported and its children are shown. -->
<xsl:template match="*">
	<xsl:message>
		<xsl:text>no template for </xsl:text>
		<xsl:value-of select="concat(name(..), '/', name())"/>
	</xsl:message>
	<xsl:apply-templates/>
</xsl:template>

</xsl:stylesheet>
