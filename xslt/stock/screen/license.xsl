<?xml version="1.0" encoding="UTF-8"?>
<!-- license: the customer's software, all of it or one license with its key,
     certificate and history. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../part/license.xsl"/>
<xsl:include href="../part/change.xsl"/>
<xsl:include href="../part/history.xsl"/>

<xsl:template match="license[@list = 'no']" mode="title">
	<xsl:value-of select="entry/name"/>
</xsl:template>

<xsl:template match="license[@list = 'no']" mode="query">
	<xsl:value-of select="concat('serial=', entry/@serial, '&amp;')"/>
</xsl:template>

<xsl:template match="license[@list = 'no']" mode="script">
	<script src="{$asset}copy.js" defer="defer"/>
</xsl:template>

<!-- The list. -->
<xsl:template match="license">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.lead'"/>
			<xsl:with-param name="class" select="'lead'"/>
		</xsl:call-template>
	</div>
	<xsl:apply-templates select="." mode="entries"/>
</xsl:template>

<xsl:template match="license" mode="entries">
	<table class="fold card">
		<thead>
			<tr>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'license.software'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'license.state'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'fact.serial'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'fact.users'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'license.actions'"/>
				</xsl:call-template>
			</tr>
		</thead>
		<tbody><xsl:apply-templates select="entry"/></tbody>
	</table>
</xsl:template>

<xsl:template match="license[not(entry)]" mode="entries">
	<xsl:call-template name="empty">
		<xsl:with-param name="id" select="'license.empty'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="license/entry">
	<tr>
		<xsl:apply-templates select="." mode="name-cell"/>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'license.state'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@state" mode="badge"/>
				<xsl:apply-templates select="." mode="until"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'fact.serial'"/>
			<xsl:with-param name="class" select="'code keep'"/>
			<xsl:with-param name="what" select="string(@serial)"/>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'fact.users'"/>
			<xsl:with-param name="class" select="'keep'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@users" mode="what"/>
				<xsl:if test="@users = 0">-</xsl:if>
			</xsl:with-param>
		</xsl:call-template>
		<td class="row-actions">
			<xsl:apply-templates select="@url[../@status != 'U']" mode="open"/>
		</td>
	</tr>
</xsl:template>

<xsl:template match="license/entry" mode="name-cell">
	<th scope="row">
		<a href="{$base}license?serial={@serial}">
			<xsl:apply-templates select="name"/>
		</a>
		<span class="soft">
			<xsl:value-of select="concat(' ', @version)"/>
			<br/>
			<span class="code"><xsl:value-of select="@directory"/></span>
		</span>
		<xsl:apply-templates select="@latest"/>
	</th>
</xsl:template>

<xsl:template match="entry/@latest">
	<a class="newer" href="{$base}software?code={../@software}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'license.newer'"/>
			<xsl:with-param name="one" select="string(.)"/>
		</xsl:call-template>
	</a>
</xsl:template>

<!-- Days left of a trial, or the day on which something ends. -->
<xsl:template match="entry" mode="until"/>
<xsl:template match="entry[@code = 'TRIAL' and @trial_end]" mode="until">
	<span class="until">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'license.until.trial'"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="@trial_end" mode="day"/>
			</xsl:with-param>
			<xsl:with-param name="two">
				<xsl:apply-templates select="@days_left" mode="days"/>
			</xsl:with-param>
		</xsl:call-template>
	</span>
</xsl:template>
<xsl:template match="entry[@code = 'PAYMENT_DUE' and @ng_from]" mode="until">
	<span class="until">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'license.until.payment'"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="@ng_from" mode="day"/>
			</xsl:with-param>
		</xsl:call-template>
	</span>
</xsl:template>

<!-- One license. -->
<xsl:template match="license[@list = 'no']">
	<xsl:apply-templates select="entry" mode="one"/>
</xsl:template>

<xsl:template match="entry" mode="one">
	<div class="head">
		<p class="crumb">
			<a href="{$base}license">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'license.title'"/>
				</xsl:call-template>
			</a>
		</p>
		<h1><xsl:apply-templates select="name"/></h1>
		<p class="badges">
			<xsl:apply-templates select="@state" mode="badge"/>
			<span class="soft code"><xsl:value-of select="@serial"/></span>
		</p>
	</div>
	<div class="split">
		<aside class="split-side">
			<xsl:apply-templates select="." mode="verdict"/>
			<xsl:apply-templates select="." mode="facts"/>
		</aside>
		<div class="split-main">
			<xsl:apply-templates select="key"/>
			<xsl:apply-templates select="." mode="certificate"/>
			<xsl:apply-templates select="." mode="change"/>
			<xsl:apply-templates select="." mode="changes"/>
			<xsl:apply-templates select="." mode="checks"/>
			<xsl:apply-templates select="/page/form[@name = 'revoke']"/>
		</div>
	</div>
</xsl:template>

</xsl:stylesheet>
