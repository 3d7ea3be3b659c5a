<?xml version="1.0" encoding="UTF-8"?>
<!-- job: how a piece of work on a program goes on. Parts with data-part are what
     job.js replaces. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../part/job.xsl"/>

<xsl:template match="job" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('job.title.', @action)"/>
		<xsl:with-param name="one" select="string(name)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="job" mode="query">
	<xsl:value-of select="concat('serial=', @serial, '&amp;')"/>
</xsl:template>

<xsl:template match="job" mode="script">
	<script src="{$asset}job.js" defer="defer"/>
</xsl:template>

<xsl:template match="job">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'job.lead'"/>
			<xsl:with-param name="class" select="'lead'"/>
		</xsl:call-template>
	</div>
	<div class="split">
	<div class="split-main card job">
		<div id="job-state" role="status" data-part="state" data-state="{@state}">
			<xsl:apply-templates select="." mode="says"/>
		</div>
		<div id="job-bar" data-part="bar">
			<xsl:apply-templates select="@percent"/>
			<xsl:apply-templates select="." mode="pace"/>
			<xsl:apply-templates select="." mode="waits"/>
		</div>
		<div id="job-steps" data-part="steps">
			<xsl:apply-templates select="." mode="steps"/>
		</div>
		<div id="job-end" data-part="end">
			<xsl:apply-templates select="." mode="left"/>
			<div class="actions">
				<xsl:apply-templates select="." mode="actions"/>
			</div>
		</div>
	</div>
	<aside class="split-side">
		<xsl:apply-templates select="." mode="facts"/>
	</aside>
	</div>
</xsl:template>

<xsl:template match="job/@percent">
	<progress max="100" value="{.}">
		<xsl:attribute name="aria-label">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'job.progress'"/>
			</xsl:call-template>
		</xsl:attribute>
		<xsl:value-of select="concat(., '%')"/>
	</progress>
</xsl:template>
<xsl:template match="job[@state = 'failed' or @state = 'cancelled']/@percent"/>

<!-- How much of the download, how long still. -->
<xsl:template match="job" mode="pace"/>
<xsl:template match="job[@state = 'running' or @state = 'waiting']" mode="pace">
	<p class="pace">
		<span><xsl:value-of select="concat(@percent, '%')"/></span>
		<xsl:if test="@bytes_total &gt; 0">
			<span>
				<xsl:apply-templates select="@bytes_done" mode="bytes"/>
				<xsl:text> / </xsl:text>
				<xsl:apply-templates select="@bytes_total" mode="bytes"/>
			</span>
		</xsl:if>
		<xsl:apply-templates select="@seconds_left"/>
	</p>
</xsl:template>

<xsl:template match="job/@seconds_left">
	<span>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'job.left'"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="." mode="duration"/>
			</xsl:with-param>
		</xsl:call-template>
	</span>
</xsl:template>

<!-- Under way: look again. Over: what comes next. -->
<xsl:template match="job" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('job?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.refresh'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
	<xsl:apply-templates select="/page/form[@name != 'logout']"/>
</xsl:template>
<xsl:template mode="actions"
    match="job[@state = 'done' or @state = 'failed' or @state = 'cancelled']">
	<xsl:apply-templates select="@url" mode="open"/>
	<xsl:apply-templates select="/page/form[@name != 'logout']"/>
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('license?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-license'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="form[@name = 'cancel']" mode="button-class">
	<xsl:attribute name="class">quiet</xsl:attribute>
</xsl:template>

<xsl:template match="job" mode="facts">
	<div class="card">
		<dl class="facts small">
			<xsl:apply-templates mode="fact" select="@serial | @from |
			    @version | @server | @created | @ended | @last_contact"/>
		</dl>
	</div>
</xsl:template>

</xsl:stylesheet>
