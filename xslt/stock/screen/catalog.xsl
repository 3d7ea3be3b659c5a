<?xml version="1.0" encoding="UTF-8"?>
<!-- catalog (figure 12 b): what this customer may install and buy. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="catalog">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<p class="lead">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'catalog.lead'"/>
			</xsl:call-template>
		</p>
	</div>
	<xsl:apply-templates select="." mode="categories"/>
	<xsl:apply-templates select="/page/form[@name = 'search']"/>
	<xsl:apply-templates select="." mode="items"/>
	<xsl:apply-templates select="." mode="pager"/>
</xsl:template>

<!-- Categories: the whole shop, then each with how many it holds. -->
<xsl:template match="catalog" mode="categories">
	<nav class="chips">
		<xsl:attribute name="aria-label">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'field.category'"/>
			</xsl:call-template>
		</xsl:attribute>
		<ul>
			<li>
				<a href="{$base}catalog">
					<xsl:if test="not(category[@current = 'yes'])">
						<xsl:attribute name="aria-current">true</xsl:attribute>
					</xsl:if>
					<xsl:call-template name="text">
						<xsl:with-param name="id" select="'category.any'"/>
					</xsl:call-template>
				</a>
			</li>
			<xsl:apply-templates select="category"/>
		</ul>
	</nav>
</xsl:template>

<xsl:template match="category">
	<li>
		<a href="{$base}catalog?category={@code}">
			<xsl:if test="@current = 'yes'">
				<xsl:attribute name="aria-current">true</xsl:attribute>
			</xsl:if>
			<xsl:apply-templates select="@code" mode="category"/>
			<xsl:text> </xsl:text>
			<span class="count"><xsl:value-of select="@count"/></span>
		</a>
	</li>
</xsl:template>

<!-- A category a maker invented shows its own code. -->
<xsl:template match="@*" mode="category">
	<xsl:variable name="word">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('category.', .)"/>
			<xsl:with-param name="optional" select="true()"/>
		</xsl:call-template>
	</xsl:variable>
	<xsl:value-of select="$word"/>
	<xsl:if test="$word = ''"><xsl:value-of select="."/></xsl:if>
</xsl:template>

<!-- Search: the words in sight, the rest folded away until it is used. -->
<xsl:template match="form[@name = 'search']">
	<form class="search" role="search" method="get" action="{$base}catalog">
		<div class="search-line">
			<xsl:apply-templates select="field[@name = 'q']"/>
			<xsl:apply-templates select="." mode="button"/>
		</div>
		<details>
			<xsl:if test="field[@name != 'q' and @name != 'category'][value != ''
			    or @problem = 'yes' or choice[@selected = 'yes']]">
				<xsl:attribute name="open">open</xsl:attribute>
			</xsl:if>
			<summary>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'catalog.more'"/>
				</xsl:call-template>
			</summary>
			<div class="search-more">
				<xsl:apply-templates
				    select="field[@name != 'q' and @name != 'page']"/>
			</div>
		</details>
	</form>
</xsl:template>

<!-- The chips choose the category; a search stays inside it. -->
<xsl:template match="form[@name = 'search']/field[@name = 'category']">
	<xsl:apply-templates select="." mode="kept"/>
</xsl:template>

<xsl:template match="catalog" mode="items">
	<p class="found" role="status">
		<xsl:call-template name="count">
			<xsl:with-param name="id" select="'catalog.found'"/>
			<xsl:with-param name="number" select="@total"/>
		</xsl:call-template>
	</p>
	<ul class="shelf"><xsl:apply-templates select="item"/></ul>
</xsl:template>

<xsl:template match="catalog[not(item)]" mode="items">
	<div class="empty">
		<img src="{$asset}key.svg" alt="" width="64" height="64"/>
		<p role="status">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'catalog.empty'"/>
			</xsl:call-template>
		</p>
		<p>
			<a class="button quiet" href="{$base}catalog">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'catalog.all'"/>
				</xsl:call-template>
			</a>
		</p>
	</div>
</xsl:template>

<xsl:template match="item">
	<li class="item">
		<xsl:apply-templates select="." mode="icon"/>
		<div class="item-name">
			<h2>
				<a href="{$base}software?code={@code}">
					<xsl:apply-templates select="name"/>
				</a>
			</h2>
			<p>
				<xsl:apply-templates select="maker"/>
				<xsl:text> </xsl:text>
				<span class="version"><xsl:value-of select="@version"/></span>
			</p>
		</div>
		<xsl:apply-templates select="summary"/>
		<div class="item-foot">
			<xsl:apply-templates select="." mode="cost"/>
			<p class="badges">
				<xsl:apply-templates select="." mode="offer"/>
			</p>
		</div>
	</li>
</xsl:template>

<!-- What he has of it; before that, the trial he may begin. -->
<xsl:template match="item" mode="offer">
	<xsl:apply-templates select="@state" mode="badge"/>
</xsl:template>
<xsl:template match="item[@state = 'none']" mode="offer">
	<xsl:apply-templates select="." mode="trial"/>
</xsl:template>

</xsl:stylesheet>
