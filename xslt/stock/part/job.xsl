<?xml version="1.0" encoding="UTF-8"?>
<!-- job: what is said of a piece of work: its state, why it waits or failed, its
     steps, the files that its owner should know of. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="job" mode="says">
	<p class="state-line">
		<xsl:apply-templates select="@state" mode="badge"/>
		<xsl:text> </xsl:text>
		<xsl:apply-templates select="." mode="words"/>
	</p>
	<xsl:apply-templates select="reason"/>
</xsl:template>

<xsl:template match="job" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat('job.says.', @state, '.', @action)"/>
		<xsl:with-param name="or" select="concat('job.says.', @state)"/>
	</xsl:call-template>
</xsl:template>

<!-- The parts of a move have words of their own where it is not going well. -->
<xsl:template mode="words" match="job[@part = 'drop' or @part = 'return']">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat('job.says.', @state, '.', @part)"/>
		<xsl:with-param name="or">
			<xsl:value-of select="concat('job.says.', @state)"/>
			<xsl:if test="@state = 'done'">.move</xsl:if>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- It could not go to its new place and is back at the old one. -->
<xsl:template mode="words" priority="2"
    match="job[@part = 'return' and @state = 'failed' and @percent = 100]">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'job.says.failed'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template mode="words" priority="3" match="job[@stopping]">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'job.says.stopping'"/>
	</xsl:call-template>
</xsl:template>

<!-- Why it failed, or cannot go on for now. -->
<xsl:template match="job/reason">
	<div>
		<xsl:attribute name="class">
			<xsl:apply-templates select="." mode="look"/>
		</xsl:attribute>
		<xsl:apply-templates select="." mode="held"/>
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

<xsl:template match="reason" mode="look">note bad</xsl:template>
<xsl:template match="job[@state = 'running']/reason" mode="look">note warn</xsl:template>

<xsl:template match="reason" mode="held"/>
<xsl:template match="job[@state = 'running']/reason" mode="held">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'job.held'"/>
	</xsl:call-template>
</xsl:template>

<!-- A reason without words of its own has those of its kind. -->
<xsl:template match="reason" mode="kind">job.reason.other</xsl:template>
<xsl:template mode="kind" match="reason[starts-with(@id, 'agent.') or
    starts-with(@id, 'archive.') or starts-with(@id, 'depot.')]">
	<xsl:value-of select="concat('job.reason.', substring-before(@id, '.'))"/>
</xsl:template>

<!-- What it waits for: its server, others before it, the next hour. -->
<xsl:template match="job" mode="waits"/>
<xsl:template match="job[@state = 'waiting' or @state = 'running']" mode="waits">
	<xsl:apply-templates select="@away[. = 'yes'] | @full | @ahead[. &gt; 0]"/>
</xsl:template>

<xsl:template match="job/@away">
	<div class="note warn">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'job.away'"/>
			<xsl:with-param name="one" select="string(../@server)"/>
		</xsl:call-template>
	</div>
</xsl:template>

<xsl:template match="job/@full">
	<div class="note warn">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'job.full'"/>
			<xsl:with-param name="one" select="string(../@server)"/>
		</xsl:call-template>
	</div>
</xsl:template>

<xsl:template match="job/@ahead">
	<p class="soft">
		<xsl:call-template name="count">
			<xsl:with-param name="id" select="'job.ahead'"/>
			<xsl:with-param name="number" select="."/>
		</xsl:call-template>
	</p>
</xsl:template>

<xsl:template match="job" mode="steps">
	<ol class="steps"><xsl:apply-templates select="step"/></ol>
</xsl:template>

<!-- Of a move, what happens at each of its two places. -->
<xsl:template match="job[@action = 'move']" mode="steps">
	<xsl:for-each select="step[@name = 'PLANNED']">
		<h2 class="step-part">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="concat('job.part.', @part)"/>
			</xsl:call-template>
		</h2>
		<ol class="steps">
			<xsl:apply-templates select="../step[@part = current()/@part]"/>
		</ol>
	</xsl:for-each>
</xsl:template>

<xsl:template match="step">
	<li class="step step-{@state}">
		<xsl:if test="@state = 'running'">
			<xsl:attribute name="aria-current">step</xsl:attribute>
		</xsl:if>
		<span class="step-name">
			<xsl:call-template name="text">
				<xsl:with-param name="id">
					<xsl:value-of select="'step.'"/>
					<xsl:value-of select="(@part | ../@action[not(current()/@part)])[1]"/>
					<xsl:value-of select="concat('.', @name)"/>
				</xsl:with-param>
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

<!-- Files that the owner should know of, by what they are. -->
<xsl:template match="job" mode="left">
	<xsl:apply-templates select="left[@kind = 'orig'][1]" mode="kind"/>
	<xsl:apply-templates select="left[@kind = 'new'][1]" mode="kind"/>
	<xsl:apply-templates select="left[@kind = 'backup'][1]" mode="kind"/>
	<xsl:apply-templates select="left[@kind = 'file'][1]" mode="kind"/>
</xsl:template>

<xsl:template match="left" mode="kind">
	<div class="note">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="concat('job.left.', @kind)"/>
		</xsl:call-template>
		<ul><xsl:apply-templates select="../left[@kind = current()/@kind]"/></ul>
	</div>
</xsl:template>

<xsl:template match="job/left">
	<li class="code"><xsl:value-of select="."/></li>
</xsl:template>

</xsl:stylesheet>
