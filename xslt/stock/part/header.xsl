<?xml version="1.0" encoding="UTF-8"?>
<!-- header: the bar at the top: name, navigation, language, account. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="exsl">

<xsl:template match="page" mode="header">
	<header class="bar">
		<div class="bar-in">
			<xsl:apply-templates select="site" mode="brand"/>
			<div class="bar-end">
				<xsl:apply-templates select="language[@current = 'no']"/>
				<xsl:apply-templates select="session"/>
			</div>
		</div>
		<xsl:if test="session[@initial != 'yes' and @kind = 'customer']">
			<xsl:apply-templates select="." mode="navigation"/>
		</xsl:if>
	</header>
</xsl:template>

<xsl:template match="site" mode="brand">
	<a class="brand" href="{$base}catalog">
		<xsl:apply-templates select="." mode="logo"/>
		<span><xsl:value-of select="name"/></span>
	</a>
</xsl:template>

<xsl:template match="site" mode="logo">
	<img src="{$asset}logo.svg" alt="" width="36" height="36"/>
</xsl:template>

<!-- The places in their order; a brand adds or takes away here. -->
<xsl:variable name="places">
	<place screen="catalog"/>
	<place screen="license"/>
	<place screen="invoice"/>
	<place screen="notice"/>
	<place screen="account"/>
</xsl:variable>

<xsl:template match="page" mode="navigation">
	<nav>
		<xsl:attribute name="aria-label">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'layout.navigation'"/>
			</xsl:call-template>
		</xsl:attribute>
		<ul>
			<xsl:apply-templates select="exsl:node-set($places)/place">
				<xsl:with-param name="page" select="."/>
			</xsl:apply-templates>
		</ul>
	</nav>
</xsl:template>

<xsl:template match="place">
	<xsl:param name="page"/>
	<li>
		<a href="{$base}{@screen}">
			<xsl:if test="$page/@screen = @screen">
				<xsl:attribute name="aria-current">page</xsl:attribute>
			</xsl:if>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="concat('place.', @screen)"/>
			</xsl:call-template>
			<xsl:if test="@screen = 'notice'">
				<xsl:apply-templates select="$page/session/@unread"/>
			</xsl:if>
		</a>
	</li>
</xsl:template>

<xsl:template match="session/@unread"/>
<xsl:template match="session/@unread[. &gt; 0]">
	<xsl:text> </xsl:text>
	<span class="count">
		<xsl:value-of select="."/>
		<span class="unseen">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'layout.unread'"/>
			</xsl:call-template>
		</span>
	</span>
</xsl:template>

<!-- The same page in the other language, named in that language. -->
<xsl:template match="language">
	<a class="quiet language" lang="{@code}" hreflang="{@code}" rel="alternate">
		<xsl:attribute name="href">
			<xsl:value-of select="concat($base, /page/@screen, '?')"/>
			<xsl:apply-templates select="/page/*[last()]" mode="query"/>
			<xsl:value-of select="concat('language=', @code)"/>
		</xsl:attribute>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('language.', @code)"/>
		</xsl:call-template>
	</a>
</xsl:template>

<!-- What of the address must stay: "serial=2026-0001&". -->
<xsl:template match="*" mode="query"/>

<xsl:template match="session">
	<a class="quiet who" href="{$base}account">
		<xsl:value-of select="name"/>
		<xsl:if test="not(name != '')"><xsl:value-of select="@login"/></xsl:if>
	</a>
	<xsl:apply-templates select="." mode="logout"/>
</xsl:template>

<xsl:template match="session" mode="logout">
	<a class="quiet" href="{$base}logout">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'button.logout'"/>
		</xsl:call-template>
	</a>
</xsl:template>

<!-- Where the page brings the form along, one press is enough. -->
<xsl:template match="page[form[@name = 'logout']]/session" mode="logout">
	<form method="post" action="{$base}logout" class="logout">
		<xsl:apply-templates select="../form[@name = 'logout']/field"/>
		<button type="submit" class="quiet">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'button.logout'"/>
			</xsl:call-template>
		</button>
	</form>
</xsl:template>

</xsl:stylesheet>
