<?xml version="1.0" encoding="UTF-8"?>
<!-- number: whole numbers, bytes and durations as people read them. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@*" mode="number">
	<xsl:value-of select="format-number(., '#,##0')"/>
</xsl:template>

<!-- 12,345 bytes as "12 KB", 47,185,920 as "45 MB". -->
<xsl:template match="@*" mode="bytes">
	<xsl:choose>
		<xsl:when test=". &gt;= 1073741824">
			<xsl:value-of select="format-number(. div 1073741824, '#,##0.0')"/>
			<xsl:text> GB</xsl:text>
		</xsl:when>
		<xsl:when test=". &gt;= 1048576">
			<xsl:value-of select="format-number(. div 1048576, '#,##0')"/>
			<xsl:text> MB</xsl:text>
		</xsl:when>
		<xsl:otherwise>
			<xsl:value-of select="format-number(ceiling(. div 1024), '#,##0')"/>
			<xsl:text> KB</xsl:text>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- Seconds as "40 seconds" or "3 minutes". -->
<xsl:template match="@*" mode="duration">
	<xsl:choose>
		<xsl:when test=". &lt; 90">
			<xsl:call-template name="count">
				<xsl:with-param name="id" select="'number.seconds'"/>
				<xsl:with-param name="number" select="."/>
			</xsl:call-template>
		</xsl:when>
		<xsl:otherwise>
			<xsl:call-template name="count">
				<xsl:with-param name="id" select="'number.minutes'"/>
				<xsl:with-param name="number" select="round(. div 60)"/>
			</xsl:call-template>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- A counted thing: message ID.one for one, where the language has it. -->
<xsl:template name="count">
	<xsl:param name="id"/>
	<xsl:param name="number"/>
	<xsl:call-template name="text">
		<xsl:with-param name="id">
			<xsl:value-of select="$id"/>
			<xsl:if test="$number = 1">.one</xsl:if>
		</xsl:with-param>
		<xsl:with-param name="or" select="$id"/>
		<xsl:with-param name="one" select="format-number($number, '#,##0')"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="@*" mode="users">
	<xsl:call-template name="count">
		<xsl:with-param name="id" select="'number.users'"/>
		<xsl:with-param name="number" select="."/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="@*" mode="days">
	<xsl:call-template name="count">
		<xsl:with-param name="id" select="'number.days'"/>
		<xsl:with-param name="number" select="."/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
