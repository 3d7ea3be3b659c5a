<?xml version="1.0" encoding="UTF-8"?>
<!-- job-failed: what was ordered could not be done, and why. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

<xsl:template match="mail[job/@reason]" mode="block">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat('job.reason.', job/@reason)"/>
		<xsl:with-param name="or" select="'job.reason.agent'"/>
	</xsl:call-template>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

</xsl:stylesheet>
