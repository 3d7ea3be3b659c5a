<?xml version="1.0" encoding="UTF-8"?>
<!-- date: days and moments, for people beside the machine's form. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- YYYY-MM-DD. -->
<xsl:template match="@*" mode="day">
	<time datetime="{.}">
		<xsl:apply-templates select="." mode="day-text"/>
	</time>
</xsl:template>

<xsl:template match="@*" mode="day-text">
	<xsl:call-template name="day-words">
		<xsl:with-param name="day" select="."/>
	</xsl:call-template>
</xsl:template>

<xsl:template name="day-words">
	<xsl:param name="day"/>
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'date.day'"/>
		<xsl:with-param name="one" select="number(substring($day, 1, 4))"/>
		<xsl:with-param name="two">
			<xsl:call-template name="text">
				<xsl:with-param name="id"
				    select="concat('date.month.', number(substring($day, 6, 2)))"/>
			</xsl:call-template>
		</xsl:with-param>
		<xsl:with-param name="three" select="number(substring($day, 9, 2))"/>
	</xsl:call-template>
</xsl:template>

<!-- YYYY-MM-DDTHH:MM:SSZ, shown in the provider's zone. -->
<xsl:template match="@*" mode="time">
	<time datetime="{.}">
		<xsl:apply-templates select="." mode="time-text"/>
	</time>
</xsl:template>

<xsl:template match="@*" mode="time-text">
	<xsl:variable name="local">
		<xsl:call-template name="local-time">
			<xsl:with-param name="time" select="."/>
		</xsl:call-template>
	</xsl:variable>
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'date.time'"/>
		<xsl:with-param name="one">
			<xsl:call-template name="day-words">
				<xsl:with-param name="day" select="substring($local, 1, 10)"/>
			</xsl:call-template>
		</xsl:with-param>
		<xsl:with-param name="two" select="substring($local, 12, 5)"/>
	</xsl:call-template>
</xsl:template>

<!-- Hours to add to UTC. A brand in another zone overrides this. -->
<xsl:variable name="zone-hours">
	<xsl:choose>
		<xsl:when test="/page/site/@zone = 'UTC'">0</xsl:when>
		<xsl:otherwise>9</xsl:otherwise>
	</xsl:choose>
</xsl:variable>

<xsl:template name="local-time">
	<xsl:param name="time"/>
	<xsl:variable name="hour" select="substring($time, 12, 2) + $zone-hours"/>
	<xsl:choose>
		<xsl:when test="$hour &lt; 24">
			<xsl:value-of select="substring($time, 1, 11)"/>
		</xsl:when>
		<xsl:otherwise>
			<xsl:call-template name="next-day">
				<xsl:with-param name="year" select="number(substring($time, 1, 4))"/>
				<xsl:with-param name="month" select="number(substring($time, 6, 2))"/>
				<xsl:with-param name="day" select="number(substring($time, 9, 2))"/>
			</xsl:call-template>
			<xsl:text>T</xsl:text>
		</xsl:otherwise>
	</xsl:choose>
	<xsl:value-of select="format-number($hour mod 24, '00')"/>
	<xsl:value-of select="substring($time, 14, 3)"/>
</xsl:template>

<xsl:template name="next-day">
	<xsl:param name="year"/>
	<xsl:param name="month"/>
	<xsl:param name="day"/>
	<xsl:variable name="leap" select="$month = 2 and $year mod 4 = 0 and
	    ($year mod 100 != 0 or $year mod 400 = 0)"/>
	<xsl:variable name="last" select="number($leap) +
	    substring('312831303130313130313031', 2 * $month - 1, 2)"/>
	<xsl:variable name="turn" select="$day = $last"/>
	<xsl:variable name="end" select="$turn and $month = 12"/>
	<xsl:value-of select="$year + number($end)"/>
	<xsl:text>-</xsl:text>
	<xsl:value-of select="format-number(number($end) + number(not($end)) *
	    ($month + number($turn)), '00')"/>
	<xsl:text>-</xsl:text>
	<xsl:value-of select="format-number(number($turn) + number(not($turn)) *
	    ($day + 1), '00')"/>
</xsl:template>

</xsl:stylesheet>
