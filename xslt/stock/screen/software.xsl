<?xml version="1.0" encoding="UTF-8"?>
<!-- software (figure 12 c): one program, and what can be done with it. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../part/software.xsl"/>

<xsl:template match="software" mode="title">
	<xsl:value-of select="name"/>
</xsl:template>

<xsl:template match="software" mode="query">
	<xsl:value-of select="concat('code=', @code, '&amp;')"/>
</xsl:template>

<xsl:template match="software">
	<xsl:apply-templates select="." mode="head"/>
	<xsl:apply-templates select="@update"/>
	<div class="split">
		<aside class="split-side">
			<xsl:apply-templates select="." mode="offer"/>
		</aside>
		<div class="split-main">
			<xsl:apply-templates select="." mode="own"/>
			<xsl:apply-templates select="description"/>
			<xsl:apply-templates select="feature"/>
			<xsl:apply-templates select="." mode="screenshots"/>
			<xsl:apply-templates select="." mode="requirements"/>
			<xsl:apply-templates select="." mode="prices"/>
			<xsl:apply-templates select="." mode="related"/>
			<xsl:apply-templates select="." mode="versions"/>
		</div>
	</div>
</xsl:template>

<xsl:template match="software" mode="head">
	<div class="head program-head">
		<xsl:apply-templates select="." mode="icon"/>
		<div>
			<h1><xsl:apply-templates select="name"/></h1>
			<p class="by">
				<xsl:apply-templates select="maker"/>
				<xsl:text> </xsl:text>
				<xsl:apply-templates select="@version"/>
			</p>
			<xsl:apply-templates select="summary"/>
		</div>
	</div>
</xsl:template>

<xsl:template match="software/@version">
	<span class="version">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'software.version'"/>
			<xsl:with-param name="one" select="string(.)"/>
		</xsl:call-template>
	</span>
</xsl:template>

<xsl:template match="software/@update">
	<div class="note">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'software.update'"/>
			<xsl:with-param name="one" select="string(../@version)"/>
		</xsl:call-template>
	</div>
</xsl:template>
<xsl:template match="software[@upgrade]/@update">
	<div class="note">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'software.upgrade'"/>
			<xsl:with-param name="one" select="string(../@upgrade)"/>
		</xsl:call-template>
	</div>
</xsl:template>

<!-- What it costs and the buttons. -->
<xsl:template match="software" mode="offer">
	<div class="card offer">
		<xsl:apply-templates select="@state" mode="badge"/>
		<xsl:apply-templates select="." mode="cost"/>
		<xsl:apply-templates select="." mode="trial-says"/>
		<div class="buttons">
			<xsl:apply-templates select="." mode="actions"/>
		</div>
		<dl class="facts small">
			<xsl:apply-templates select="@released" mode="fact"/>
			<xsl:apply-templates select="@archive_size" mode="fact"/>
			<xsl:apply-templates select="@unpacked_size" mode="fact"/>
			<xsl:apply-templates select="@maker_url" mode="fact"/>
		</dl>
	</div>
</xsl:template>

<xsl:template match="software" mode="cost">
	<p class="cost">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('cost.', @model)"/>
		</xsl:call-template>
	</p>
</xsl:template>
<xsl:template match="software[@model = 'license' and price]" mode="cost">
	<p class="cost">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'cost.from'"/>
			<xsl:with-param name="one">
				<b><xsl:apply-templates select="price[1]/@total" mode="price"/></b>
			</xsl:with-param>
		</xsl:call-template>
		<small>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'cost.without-tax'"/>
				<xsl:with-param name="one">
					<xsl:apply-templates select="price[1]/@amount" mode="price"/>
				</xsl:with-param>
			</xsl:call-template>
		</small>
	</p>
</xsl:template>

<xsl:template match="software" mode="trial-says"/>
<xsl:template mode="trial-says"
    match="software[@state = 'none' and @trial_days &gt; 0 and @model = 'license']">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'software.trial'"/>
		<xsl:with-param name="one" select="string(@trial_days)"/>
	</xsl:call-template>
</xsl:template>

<!-- Buttons, by what the customer has of it. -->
<xsl:template match="software" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('install?software=', @code)"/>
		<xsl:with-param name="id" select="'button.to-install'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="software[@state = 'requested']" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('job?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-job'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template mode="actions" match="software[@state = 'installed' or
    @state = 'ended' or @state = 'purchased' or @state = 'licensed']">
	<xsl:apply-templates select="." mode="buy"/>
	<xsl:apply-templates select="@update" mode="actions"/>
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('license?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-license'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('uninstall?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-uninstall'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="software/@update" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('install?software=', ../@code)"/>
		<xsl:with-param name="id" select="'button.to-update'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="software[@upgrade]/@update" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to"
		    select="concat('license?serial=', ../@serial, '#upgrade')"/>
		<xsl:with-param name="id" select="'button.to-upgrade'"/>
	</xsl:call-template>
</xsl:template>

<!-- Only what is sold and not yet bought. -->
<xsl:template match="software" mode="buy"/>
<xsl:template mode="buy"
    match="software[@model = 'license' and license[@status = '1']]">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('purchase?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-purchase'"/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
