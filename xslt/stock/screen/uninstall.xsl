<?xml version="1.0" encoding="UTF-8"?>
<!-- uninstall (figure 12 f): which install it is and what will be deleted. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="uninstall" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'uninstall.title'"/>
		<xsl:with-param name="one" select="string(name)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="uninstall" mode="query">
	<xsl:value-of select="concat('serial=', @serial, '&amp;')"/>
</xsl:template>

<xsl:template match="uninstall">
	<div class="middle">
		<div class="head">
			<h1><xsl:apply-templates select="." mode="title"/></h1>
		</div>
		<xsl:apply-templates select="." mode="warning"/>
		<section class="card">
			<dl class="facts">
				<xsl:apply-templates select="@serial" mode="fact"/>
				<xsl:apply-templates select="@os_model" mode="fact"/>
				<xsl:apply-templates select="@ip_address" mode="fact"/>
				<xsl:apply-templates select="@area" mode="fact"/>
				<xsl:apply-templates select="@directory" mode="fact"/>
				<xsl:apply-templates select="@version" mode="fact"/>
			</dl>
		</section>
		<xsl:apply-templates select="." mode="deleted"/>
		<xsl:apply-templates select="." mode="ask"/>
	</div>
</xsl:template>

<xsl:template match="uninstall" mode="warning">
	<div class="note bad">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'uninstall.warning'"/>
		</xsl:call-template>
	</div>
</xsl:template>

<xsl:template match="uninstall" mode="deleted"/>
<xsl:template match="uninstall[deleted]" mode="deleted">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'uninstall.deleted'"/>
		</xsl:call-template>
		<ul><xsl:apply-templates select="deleted"/></ul>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'uninstall.kept'"/>
			<xsl:with-param name="class" select="'hint'"/>
		</xsl:call-template>
	</section>
</xsl:template>

<xsl:template match="deleted">
	<li class="code"><xsl:value-of select="."/></li>
</xsl:template>

<xsl:template match="uninstall" mode="ask">
	<div class="card">
		<xsl:apply-templates select="/page/form[@name = 'uninstall']"/>
	</div>
</xsl:template>

<!-- Something is being done with it already: no form. -->
<xsl:template match="uninstall[@running = 'yes']" mode="warning"/>
<xsl:template match="uninstall[@running = 'yes']" mode="deleted" priority="2"/>
<xsl:template match="uninstall[@running = 'yes']" mode="ask">
	<div class="note warn">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'uninstall.under-way'"/>
		</xsl:call-template>
	</div>
	<div class="buttons row">
		<xsl:call-template name="action">
			<xsl:with-param name="to" select="concat('job?serial=', @serial)"/>
			<xsl:with-param name="id" select="'button.to-job'"/>
		</xsl:call-template>
	</div>
</xsl:template>

<xsl:template match="form[@name = 'uninstall']" mode="button-class">
	<xsl:attribute name="class">danger</xsl:attribute>
</xsl:template>

<xsl:template match="form[@name = 'uninstall']" mode="after-button">
	<xsl:call-template name="back">
		<xsl:with-param name="to"
		    select="concat('license?serial=', /page/uninstall/@serial)"/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
