<?xml version="1.0" encoding="UTF-8"?>
<!-- history: of one license: changes of the right to run, checks. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="entry" mode="changes"/>
<xsl:template match="entry[change]" mode="changes">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.changes'"/>
		</xsl:call-template>
		<ol class="history"><xsl:apply-templates select="change"/></ol>
	</section>
</xsl:template>

<xsl:template match="change">
	<li>
		<span class="soft"><xsl:apply-templates select="@at" mode="time"/></span>
		<span>
			<xsl:apply-templates select="." mode="words"/>
			<xsl:apply-templates select="@permission"/>
			<xsl:apply-templates select="@rule"/>
		</span>
	</li>
</xsl:template>

<!-- Only the stop stands out. -->
<xsl:template match="change/@permission"/>
<xsl:template match="change/@permission[. = '1']">
	<xsl:text> </xsl:text>
	<xsl:call-template name="badge">
		<xsl:with-param name="kind" select="'permission'"/>
		<xsl:with-param name="state" select="."/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="change" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('license.reason.', @reason)"/>
		<xsl:with-param name="or" select="'license.reason.other'"/>
		<xsl:with-param name="one">
			<xsl:apply-templates select="@day" mode="day"/>
		</xsl:with-param>
		<xsl:with-param name="two" select="string(@invoice)"/>
	</xsl:call-template>
</xsl:template>

<!-- The rule that set a day. -->
<xsl:template match="change/@rule"/>
<xsl:template match="change[@day]/@rule">
	<small class="rule">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('license.rule.', .)"/>
			<xsl:with-param name="or" select="'license.rule.other'"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="../@day" mode="day"/>
			</xsl:with-param>
		</xsl:call-template>
	</small>
</xsl:template>

<xsl:template match="entry" mode="checks"/>
<xsl:template match="entry[check]" mode="checks">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.checks'"/>
		</xsl:call-template>
		<table class="fold">
			<thead>
				<tr>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'check.at'"/>
					</xsl:call-template>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'check.result'"/>
					</xsl:call-template>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'check.key'"/>
					</xsl:call-template>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'check.from'"/>
					</xsl:call-template>
				</tr>
			</thead>
			<tbody><xsl:apply-templates select="check"/></tbody>
		</table>
	</section>
</xsl:template>

<xsl:template match="check">
	<tr>
		<th scope="row">
			<xsl:apply-templates select="@at" mode="time"/>
			<br/>
			<small class="soft">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="concat('check.why.', @why)"/>
				</xsl:call-template>
			</small>
		</th>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'check.result'"/>
			<xsl:with-param name="what">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="concat('code.', @code)"/>
				</xsl:call-template>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'check.key'"/>
			<xsl:with-param name="what">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="concat('check.key.', @key)"/>
				</xsl:call-template>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'check.from'"/>
			<xsl:with-param name="class" select="'code'"/>
			<xsl:with-param name="what" select="concat(@address, ' ', @version)"/>
		</xsl:call-template>
	</tr>
</xsl:template>

</xsl:stylesheet>
