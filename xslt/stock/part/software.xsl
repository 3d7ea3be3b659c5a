<?xml version="1.0" encoding="UTF-8"?>
<!-- software: the sections of a program's page. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- Own installs. -->
<xsl:template match="software" mode="own"/>
<xsl:template match="software[license]" mode="own">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.own'"/>
		</xsl:call-template>
		<ul class="rows"><xsl:apply-templates select="license"/></ul>
	</section>
</xsl:template>

<xsl:template match="software/license">
	<li>
		<div>
			<a class="code" href="{$base}license?serial={@serial}">
				<xsl:value-of select="@serial"/>
			</a>
			<xsl:text> </xsl:text>
			<xsl:apply-templates select="@state" mode="badge"/>
			<br/>
			<span class="soft code"><xsl:value-of select="@directory"/></span>
		</div>
		<xsl:apply-templates select="@url" mode="open"/>
	</li>
</xsl:template>

<xsl:template match="software/description[normalize-space() = '']"/>
<xsl:template match="software/description">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.about'"/>
		</xsl:call-template>
		<div class="prose">
			<xsl:apply-templates select="@xml:lang" mode="lang"/>
			<xsl:apply-templates mode="markup"/>
		</div>
	</section>
</xsl:template>

<xsl:template match="software/feature">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.feature'"/>
		</xsl:call-template>
		<p class="lines">
			<xsl:apply-templates select="@xml:lang" mode="lang"/>
			<xsl:value-of select="."/>
		</p>
	</section>
</xsl:template>

<xsl:template match="software" mode="screenshots"/>
<xsl:template match="software[screenshot]" mode="screenshots">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.screenshots'"/>
		</xsl:call-template>
		<div class="gallery"><xsl:apply-templates select="screenshot"/></div>
	</section>
</xsl:template>

<xsl:template match="screenshot">
	<a href="{$media}{@file}">
		<img src="{$media}{@file}" loading="lazy">
			<xsl:attribute name="alt">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'software.screenshot'"/>
					<xsl:with-param name="one" select="string(../name)"/>
					<xsl:with-param name="two">
						<xsl:number count="screenshot"/>
					</xsl:with-param>
				</xsl:call-template>
			</xsl:attribute>
		</img>
	</a>
</xsl:template>

<!-- What it needs, against what the customer's area has. -->
<xsl:template match="software" mode="requirements"/>
<xsl:template match="software[requirement]" mode="requirements">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.requirements'"/>
		</xsl:call-template>
		<table class="fold">
			<thead>
				<tr>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'software.needs'"/>
					</xsl:call-template>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'software.has'"/>
					</xsl:call-template>
					<xsl:call-template name="column">
						<xsl:with-param name="id" select="'software.met'"/>
					</xsl:call-template>
				</tr>
			</thead>
			<tbody><xsl:apply-templates select="requirement"/></tbody>
		</table>
	</section>
</xsl:template>

<xsl:template match="requirement">
	<tr>
		<th scope="row">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="concat('requirement.', @kind)"/>
				<xsl:with-param name="one">
					<xsl:apply-templates select="@needs"/>
				</xsl:with-param>
			</xsl:call-template>
		</th>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'software.has'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@has"/>
				<xsl:if test="not(@has)">-</xsl:if>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'software.met'"/>
			<xsl:with-param name="what">
				<xsl:call-template name="badge">
					<xsl:with-param name="kind" select="'met'"/>
					<xsl:with-param name="state" select="@met"/>
				</xsl:call-template>
			</xsl:with-param>
		</xsl:call-template>
	</tr>
</xsl:template>

<xsl:template match="requirement/@needs | requirement/@has">
	<xsl:value-of select="."/>
</xsl:template>
<xsl:template match="requirement[@kind = 'disk']/@needs |
    requirement[@kind = 'disk']/@has">
	<xsl:value-of select="concat(format-number(., '#,##0'), ' MB')"/>
</xsl:template>

<xsl:template match="software" mode="prices"/>
<xsl:template match="software[price]" mode="prices">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.prices'"/>
		</xsl:call-template>
		<dl class="facts"><xsl:apply-templates select="price"/></dl>
	</section>
</xsl:template>

<xsl:template match="software/price">
	<div>
		<dt>
			<xsl:call-template name="count">
				<xsl:with-param name="id" select="'software.users-from'"/>
				<xsl:with-param name="number" select="@users_from"/>
			</xsl:call-template>
		</dt>
		<dd>
			<b><xsl:apply-templates select="@total" mode="price"/></b>
			<xsl:text> </xsl:text>
			<small>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'cost.tax'"/>
					<xsl:with-param name="one">
						<xsl:apply-templates select="@amount" mode="price"/>
					</xsl:with-param>
				</xsl:call-template>
			</small>
		</dd>
	</div>
</xsl:template>

<xsl:template match="software" mode="related"/>
<xsl:template match="software[related]" mode="related">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'software.related'"/>
		</xsl:call-template>
		<ul class="rows"><xsl:apply-templates select="related"/></ul>
	</section>
</xsl:template>

<xsl:template match="related">
	<li>
		<div>
			<a href="{$base}software?code={@code}">
				<xsl:apply-templates select="name"/>
			</a>
			<br/>
			<span class="soft"><xsl:value-of select="summary"/></span>
		</div>
	</li>
</xsl:template>

<xsl:template match="software" mode="versions"/>
<xsl:template match="software[version]" mode="versions">
	<details class="card">
		<summary>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'software.versions'"/>
			</xsl:call-template>
		</summary>
		<dl class="facts"><xsl:apply-templates select="version"/></dl>
	</details>
</xsl:template>

<xsl:template match="software/version">
	<div>
		<dt class="code"><xsl:value-of select="@version"/></dt>
		<dd><xsl:apply-templates select="@released" mode="day"/></dd>
	</div>
</xsl:template>

</xsl:stylesheet>
