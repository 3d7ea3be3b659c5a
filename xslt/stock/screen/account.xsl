<?xml version="1.0" encoding="UTF-8"?>
<!-- account: profile, password, browsers that are logged in. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="account">
	<div class="middle">
		<div class="head">
			<h1><xsl:apply-templates select="." mode="title"/></h1>
			<p class="lead">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'account.lead'"/>
					<xsl:with-param name="one" select="string(/page/session/@login)"/>
					<xsl:with-param name="two">
						<xsl:apply-templates select="@created" mode="time"/>
					</xsl:with-param>
				</xsl:call-template>
			</p>
		</div>
		<xsl:apply-templates select="/page/form[@name = 'profile']"/>
		<xsl:apply-templates select="/page/form[@name = 'password']"/>
		<xsl:apply-templates select="." mode="sessions"/>
	</div>
</xsl:template>

<!-- Each form is a card under its own heading. -->
<xsl:template match="form[@name = 'profile' or @name = 'password']">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="concat('account.', @name)"/>
		</xsl:call-template>
		<form id="form-{@name}" class="form" method="post"
		    action="{$base}{@action}" novalidate="novalidate">
			<xsl:apply-templates select="field"/>
			<p class="actions"><xsl:apply-templates select="." mode="button"/></p>
		</form>
	</section>
</xsl:template>

<xsl:template match="account" mode="sessions">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'account.sessions'"/>
		</xsl:call-template>
		<ul class="rows"><xsl:apply-templates select="session"/></ul>
		<xsl:if test="session[@current = 'no']">
			<xsl:apply-templates select="/page/form[@name = 'sessions']"/>
		</xsl:if>
	</section>
</xsl:template>

<xsl:template match="account/session">
	<li>
		<div>
			<span><xsl:apply-templates select="user_agent"/></span>
			<br/>
			<span class="soft">
				<span class="code"><xsl:value-of select="@address"/></span>
				<xsl:text> </xsl:text>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'account.seen'"/>
					<xsl:with-param name="one">
						<xsl:apply-templates select="@seen" mode="time"/>
					</xsl:with-param>
				</xsl:call-template>
			</span>
		</div>
		<xsl:apply-templates select="@current"/>
	</li>
</xsl:template>

<xsl:template match="user_agent">
	<xsl:value-of select="."/>
</xsl:template>
<xsl:template match="user_agent[. = '']">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'account.unknown'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="session/@current"/>
<xsl:template match="session/@current[. = 'yes']">
	<span class="badge met-yes">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'account.this'"/>
		</xsl:call-template>
	</span>
</xsl:template>

<xsl:template match="form[@name = 'sessions']" mode="button-class">
	<xsl:attribute name="class">quiet</xsl:attribute>
</xsl:template>

</xsl:stylesheet>
