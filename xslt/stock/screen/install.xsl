<?xml version="1.0" encoding="UTF-8"?>
<!-- install (figure 12 d): where to, and what a trial means. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="install" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'install.title'"/>
		<xsl:with-param name="one" select="string(name)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="install" mode="query">
	<xsl:value-of select="concat('software=', @software, '&amp;')"/>
</xsl:template>

<xsl:template match="install">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<xsl:apply-templates select="." mode="lead"/>
	</div>
	<div class="split">
		<aside class="split-side">
			<xsl:apply-templates select="." mode="trial"/>
			<xsl:apply-templates select="." mode="created"/>
		</aside>
		<div class="split-main card">
			<xsl:apply-templates select="/page/form[@name = 'install']"/>
		</div>
	</div>
</xsl:template>

<xsl:template match="install" mode="lead">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'install.lead'"/>
		<xsl:with-param name="class" select="'lead'"/>
		<xsl:with-param name="one" select="string(@trial_days)"/>
	</xsl:call-template>
</xsl:template>
<xsl:template match="install[not(@trial_end)]" mode="lead">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'install.lead.free'"/>
		<xsl:with-param name="class" select="'lead'"/>
	</xsl:call-template>
</xsl:template>
<xsl:template match="install[@trial_left = 'yes']" mode="lead">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'install.lead.left'"/>
		<xsl:with-param name="class" select="'lead'"/>
	</xsl:call-template>
</xsl:template>

<!-- The trial in plain words: when it ends, what it costs, what happens to
     what was entered. -->
<xsl:template match="install" mode="trial"/>
<xsl:template match="install[@trial_end]" mode="trial">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'install.trial'"/>
		</xsl:call-template>
		<p class="big"><xsl:apply-templates select="@trial_end" mode="day"/></p>
		<ul class="ticks">
			<xsl:apply-templates select="." mode="promise">
				<xsl:with-param name="id" select="'install.trial.end'"/>
			</xsl:apply-templates>
			<xsl:apply-templates select="." mode="promise">
				<xsl:with-param name="id" select="'install.trial.charge'"/>
			</xsl:apply-templates>
			<xsl:apply-templates select="." mode="promise">
				<xsl:with-param name="id" select="'install.trial.data'"/>
			</xsl:apply-templates>
			<xsl:apply-templates select="." mode="promise">
				<xsl:with-param name="id" select="'install.trial.buy'"/>
			</xsl:apply-templates>
		</ul>
	</section>
</xsl:template>

<xsl:template match="install" mode="promise">
	<xsl:param name="id"/>
	<li>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="$id"/>
			<xsl:with-param name="one" select="string(@trial_days)"/>
		</xsl:call-template>
	</li>
</xsl:template>

<xsl:template match="install" mode="created"/>
<xsl:template match="install[created]" mode="created">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'install.created'"/>
		</xsl:call-template>
		<ul><xsl:apply-templates select="created"/></ul>
	</section>
</xsl:template>

<xsl:template match="created">
	<li>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('install.created.', @kind)"/>
		</xsl:call-template>
		<xsl:if test=". != ''">
			<xsl:text> </xsl:text>
			<span class="code"><xsl:value-of select="."/></span>
		</xsl:if>
	</li>
</xsl:template>

<!-- The address that comes of it. -->
<xsl:template match="field[@name = 'directory']" mode="hint-text">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'install.field.directory.hint'"/>
	</xsl:call-template>
	<xsl:if test="/page/install/@url">
		<xsl:text> </xsl:text>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'install.address'"/>
			<xsl:with-param name="one">
				<span class="code"><xsl:value-of select="/page/install/@url"/></span>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template match="form[@name = 'install']" mode="before-button">
	<xsl:if test="/page/install/@trial_end">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'install.nothing-charged'"/>
			<xsl:with-param name="class" select="'note'"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="/page/install/@trial_end" mode="day"/>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template match="form[@name = 'install']" mode="after-button">
	<xsl:call-template name="back">
		<xsl:with-param name="to"
		    select="concat('software?code=', /page/install/@software)"/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
