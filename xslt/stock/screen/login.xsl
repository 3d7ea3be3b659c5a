<?xml version="1.0" encoding="UTF-8"?>
<!-- login (figure 12 a): login and password; the first time, a new password. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<!-- The problems stand inside the card, above the fields. -->
<xsl:template match="page[login]" mode="main">
	<div class="gate">
		<xsl:apply-templates select="." mode="welcome"/>
		<div class="gate-card">
			<xsl:apply-templates select="login" mode="head"/>
			<xsl:apply-templates select="." mode="told"/>
			<xsl:apply-templates select="login"/>
		</div>
	</div>
</xsl:template>

<xsl:template match="page" mode="welcome">
	<div class="gate-welcome">
		<img src="{$asset}key.svg" alt="" width="96" height="96"/>
		<p class="gate-name"><xsl:value-of select="site/name"/></p>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'login.welcome'"/>
			</xsl:call-template>
		</p>
	</div>
</xsl:template>

<xsl:template match="login" mode="head">
	<h1><xsl:apply-templates select="." mode="title"/></h1>
	<p class="lead">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'login.lead'"/>
		</xsl:call-template>
	</p>
</xsl:template>

<xsl:template match="login[@initial = 'yes']" mode="head">
	<h1><xsl:apply-templates select="." mode="title"/></h1>
	<p class="lead">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'login.initial.lead'"/>
		</xsl:call-template>
	</p>
</xsl:template>

<xsl:template match="login[@initial = 'yes']" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'login.initial.title'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="login">
	<xsl:apply-templates select="/page/form[@name != 'logout']"/>
	<p class="hint">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'login.help'"/>
		</xsl:call-template>
	</p>
</xsl:template>

<xsl:template match="login[@initial = 'yes']">
	<xsl:apply-templates select="/page/form[@name != 'logout']"/>
</xsl:template>

</xsl:stylesheet>
