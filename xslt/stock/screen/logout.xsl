<?xml version="1.0" encoding="UTF-8"?>
<!-- logout: asks once more, because leaving is a POST. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="logout">
	<div class="card narrow">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'logout.lead'"/>
			</xsl:call-template>
		</p>
		<xsl:apply-templates select="/page/form[@name = 'logout']"/>
	</div>
</xsl:template>

<xsl:template match="form[@name = 'logout']" mode="after-button">
	<xsl:call-template name="back">
		<xsl:with-param name="to" select="'catalog'"/>
	</xsl:call-template>
</xsl:template>

<!-- The page itself is the form. -->
<xsl:template match="page[logout]/session" mode="logout" priority="2"/>

</xsl:stylesheet>
