<?xml version="1.0" encoding="UTF-8"?>
<!-- installed: the program is there; the trial, where there is one, has begun. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

<xsl:template match="mail[license/@trial_end]" mode="block">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'mail.installed.trial'"/>
		<xsl:with-param name="one">
			<xsl:apply-templates select="license/@trial_end" mode="day-text"/>
		</xsl:with-param>
	</xsl:call-template>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

</xsl:stylesheet>
