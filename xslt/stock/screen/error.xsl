<?xml version="1.0" encoding="UTF-8"?>
<!-- error: a page that is not there, not allowed or cannot be made now. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="error" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('error.', @id, '.title')"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="error">
	<div class="card narrow error">
		<p class="error-status"><xsl:value-of select="@status"/></p>
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="concat('error.', @id, '.says')"/>
		</xsl:call-template>
		<div class="buttons row">
			<xsl:call-template name="action">
				<xsl:with-param name="to" select="'catalog'"/>
				<xsl:with-param name="id" select="'button.catalog'"/>
				<xsl:with-param name="look" select="'quiet'"/>
			</xsl:call-template>
		</div>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'error.request'"/>
			<xsl:with-param name="class" select="'hint'"/>
			<xsl:with-param name="one">
				<span class="code"><xsl:value-of select="/page/@request"/></span>
			</xsl:with-param>
		</xsl:call-template>
	</div>
</xsl:template>

<!-- The failed page cannot be asked for again in another language. -->
<xsl:template match="page[error]/language"/>

</xsl:stylesheet>
