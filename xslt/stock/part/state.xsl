<?xml version="1.0" encoding="UTF-8"?>
<!-- state: badges. A word and a sign each, never colour alone. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- kind: names the words (KIND.STATE) and, with the state, the look. -->
<xsl:template name="badge">
	<xsl:param name="kind" select="'state'"/>
	<xsl:param name="state"/>
	<span class="badge {$kind}-{$state}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat($kind, '.', $state)"/>
		</xsl:call-template>
	</span>
</xsl:template>

<xsl:template match="@state" mode="badge">
	<xsl:call-template name="badge">
		<xsl:with-param name="state" select="."/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="*[@status = 'U']/@state" mode="badge">
	<xsl:call-template name="badge">
		<xsl:with-param name="state" select="'uninstalled'"/>
	</xsl:call-template>
</xsl:template>

<!-- Bought, but stopped: that is what matters. -->
<xsl:template mode="badge"
    match="entry[@result = 'NG' and @status &gt; 0]/@state">
	<xsl:call-template name="badge">
		<xsl:with-param name="state" select="'ended'"/>
	</xsl:call-template>
</xsl:template>

<!-- Bought, but the program does not know the key yet. -->
<xsl:template mode="badge" priority="2" match="entry[@status &gt; 1 and
    (@code = 'TRIAL' or @code = 'TRIAL_ENDED')]/@state">
	<xsl:call-template name="badge">
		<xsl:with-param name="state" select="'key-waiting'"/>
	</xsl:call-template>
</xsl:template>

<!-- Free programs are installed, not on trial. -->
<xsl:template mode="badge" match="*[@model = 'free']/@state[. = 'installed'] |
    entry[not(@trial_end)]/@state[. = 'installed'] |
    software[@model = 'free']/license/@state[. = 'installed']">
	<xsl:call-template name="badge">
		<xsl:with-param name="state" select="'free'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="item/@state[. = 'none'] | software/@state[. = 'none']"
    mode="badge"/>

<xsl:template match="job/@state | step/@state" mode="badge">
	<xsl:call-template name="badge">
		<xsl:with-param name="kind" select="'job.state'"/>
		<xsl:with-param name="state" select="."/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="invoice/@state | invoice/entry/@state" mode="badge">
	<xsl:call-template name="badge">
		<xsl:with-param name="kind" select="'invoice.state'"/>
		<xsl:with-param name="state" select="."/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
