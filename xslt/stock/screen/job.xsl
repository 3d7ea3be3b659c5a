<?xml version="1.0" encoding="UTF-8"?>
<!-- job: how an installation (or upgrade, move, uninstallation) goes on. Parts
     with data-part are what job.js replaces. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

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
			<xsl:apply-templates select="@away[. = 'yes']"/>
		</div>
		<ol class="steps" id="job-steps" data-part="steps">
			<xsl:apply-templates select="step"/>
		</ol>
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

<xsl:template match="job" mode="says">
	<p class="state-line">
		<xsl:apply-templates select="@state" mode="badge"/>
		<xsl:text> </xsl:text>
		<xsl:call-template name="text">
			<xsl:with-param name="id"
			    select="concat('job.says.', @state, '.', @action)"/>
			<xsl:with-param name="or" select="concat('job.says.', @state)"/>
		</xsl:call-template>
	</p>
	<xsl:apply-templates select="reason"/>
</xsl:template>

<xsl:template match="job/reason">
	<div class="note bad">
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="concat('job.reason.', @id)"/>
				<xsl:with-param name="or">
					<xsl:apply-templates select="." mode="kind"/>
				</xsl:with-param>
			</xsl:call-template>
		</p>
		<xsl:if test=". != ''">
			<p class="code"><xsl:value-of select="."/></p>
		</xsl:if>
	</div>
</xsl:template>

<!-- A reason without words of its own has those of its kind. -->
<xsl:template match="reason" mode="kind">job.reason.other</xsl:template>
<xsl:template mode="kind" match="reason[starts-with(@id, 'agent.') or
    starts-with(@id, 'archive.') or starts-with(@id, 'depot.')]">
	<xsl:value-of select="concat('job.reason.', substring-before(@id, '.'))"/>
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

<xsl:template match="job/@away">
	<div class="note warn">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'job.away'"/>
			<xsl:with-param name="one" select="string(../@server)"/>
		</xsl:call-template>
	</div>
</xsl:template>

<xsl:template match="step">
	<li class="step step-{@state}">
		<xsl:if test="@state = 'running'">
			<xsl:attribute name="aria-current">step</xsl:attribute>
		</xsl:if>
		<span class="step-name">
			<xsl:call-template name="text">
				<xsl:with-param name="id"
				    select="concat('step.', ../@action, '.', @name)"/>
				<xsl:with-param name="or" select="concat('step.', @name)"/>
			</xsl:call-template>
		</span>
		<span class="step-state">
			<xsl:apply-templates select="@state" mode="words"/>
		</span>
		<xsl:apply-templates select="@at" mode="time"/>
		<xsl:apply-templates select="detail"/>
	</li>
</xsl:template>

<xsl:template match="step/@state" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('step.state.', .)"/>
	</xsl:call-template>
</xsl:template>
<xsl:template match="job[@ended]/step/@state[. = 'waiting']" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'step.state.not-done'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="step/detail">
	<span class="step-detail code"><xsl:value-of select="."/></span>
</xsl:template>

<!-- What an uninstallation did not touch. -->
<xsl:template match="job" mode="left"/>
<xsl:template match="job[left]" mode="left">
	<div class="note">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'job.left-over'"/>
		</xsl:call-template>
		<ul><xsl:apply-templates select="left"/></ul>
	</div>
</xsl:template>

<xsl:template match="job/left">
	<li class="code"><xsl:value-of select="."/></li>
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
			<xsl:apply-templates mode="fact" select="@serial | @server |
			    @created | @ended | @last_contact"/>
		</dl>
	</div>
</xsl:template>

</xsl:stylesheet>
