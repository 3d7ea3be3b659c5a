<?xml version="1.0" encoding="UTF-8"?>
<!-- notice: news of figure 12 i, in the words of the notice page. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

<xsl:template match="mail" mode="subject">
	<xsl:apply-templates select="." mode="say">
		<xsl:with-param name="id"
		    select="concat('mail.notice.', notice/@kind, '.subject')"/>
	</xsl:apply-templates>
</xsl:template>

<xsl:template match="mail" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat('notice.', notice/@kind, '.says')"/>
		<xsl:with-param name="one" select="string(notice/name)"/>
		<xsl:with-param name="two" select="string(notice/@version)"/>
		<xsl:with-param name="three" select="string(notice/related_name)"/>
	</xsl:call-template>
	<xsl:text>&#10;&#10;</xsl:text>
	<xsl:apply-templates select="notice/feature"/>
</xsl:template>

<xsl:template match="notice/feature">
	<xsl:value-of select="concat(., '&#10;&#10;')"/>
</xsl:template>

<!-- The page of the program it is about. -->
<xsl:template match="mail[notice and not(url)]" mode="url">
	<xsl:call-template name="place-to-go">
		<xsl:with-param name="url" select="concat(/page/site/@url,
		    'software?code=', notice/@software[not(../@related)],
		    notice/@related)"/>
	</xsl:call-template>
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'mail.notice.off'"/>
		<xsl:with-param name="one"
		    select="concat(/page/site/@url, 'notice')"/>
	</xsl:call-template>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

</xsl:stylesheet>
