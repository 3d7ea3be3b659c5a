<?xml version="1.0" encoding="UTF-8"?>
<!-- purchase (figure 12 e): the price, the buyer, and the six facts the law
     wants to be seen before the button. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="purchase" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'purchase.title'"/>
		<xsl:with-param name="one" select="string(name)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="purchase" mode="query">
	<xsl:value-of select="concat('serial=', @serial, '&amp;')"/>
	<xsl:if test="@users">
		<xsl:value-of select="concat('users=', @users, '&amp;')"/>
	</xsl:if>
</xsl:template>

<xsl:template match="purchase">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'purchase.lead'"/>
			<xsl:with-param name="class" select="'lead'"/>
		</xsl:call-template>
	</div>
	<div class="split">
		<aside class="split-side">
			<xsl:apply-templates select="." mode="bill"/>
			<xsl:apply-templates select="seller"/>
		</aside>
		<div class="split-main card">
			<xsl:apply-templates select="/page/form[@name = 'purchase']"/>
		</div>
	</div>
</xsl:template>

<!-- Nothing for sale: the problem above says why. -->
<xsl:template match="purchase[not(@total)]">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
	</div>
	<div class="buttons row">
		<xsl:call-template name="action">
			<xsl:with-param name="to" select="concat('license?serial=', @serial)"/>
			<xsl:with-param name="id" select="'button.to-license'"/>
		</xsl:call-template>
	</div>
</xsl:template>

<!-- What is ordered and what it comes to. -->
<xsl:template match="purchase" mode="bill">
	<section class="card bill">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'purchase.bill'"/>
		</xsl:call-template>
		<p class="bill-name">
			<xsl:apply-templates select="name"/>
			<span class="soft"><xsl:value-of select="concat(' ', @version)"/></span>
		</p>
		<xsl:apply-templates select="/page/form[@name = 'users']"/>
		<dl class="facts sum">
			<xsl:apply-templates select="@serial" mode="fact"/>
			<xsl:apply-templates select="@unit_price" mode="fact"/>
			<xsl:apply-templates select="@users" mode="fact"/>
			<xsl:apply-templates select="@amount" mode="fact"/>
			<xsl:apply-templates select="@tax" mode="fact"/>
		</dl>
		<p class="total">
			<span>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'purchase.total'"/>
				</xsl:call-template>
			</span>
			<b><xsl:apply-templates select="@total" mode="price"/></b>
		</p>
		<xsl:apply-templates select="@trial_end"/>
	</section>
</xsl:template>

<xsl:template match="purchase/@tax" mode="fact">
	<div>
		<dt>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'purchase.tax'"/>
				<xsl:with-param name="one" select="string(../@tax_percent)"/>
			</xsl:call-template>
		</dt>
		<dd><xsl:apply-templates select="." mode="price"/></dd>
	</div>
</xsl:template>

<xsl:template match="purchase/@trial_end">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'purchase.trial'"/>
		<xsl:with-param name="class" select="'hint'"/>
		<xsl:with-param name="one"><xsl:apply-templates select="." mode="day"/></xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- Another number of users. -->
<xsl:template match="form[@name = 'users']">
	<form class="users" method="get" action="{$base}{@action}">
		<xsl:apply-templates select="field"/>
		<button type="submit" class="quiet">
			<xsl:apply-templates select="." mode="button-text"/>
		</button>
	</form>
</xsl:template>

<xsl:template match="seller">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'purchase.seller'"/>
		</xsl:call-template>
		<p><xsl:apply-templates select="line"/></p>
	</section>
</xsl:template>

<!-- The new total as money. -->
<xsl:template match="problem[@id = 'purchase.price-changed']" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="string(@id)"/>
		<xsl:with-param name="one" select="format-number(argument, '#,##0')"/>
	</xsl:call-template>
</xsl:template>

<!-- The six facts stand before the button. -->
<xsl:template match="form[@name = 'purchase']" mode="before-button">
	<section class="law">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'purchase.facts'"/>
		</xsl:call-template>
		<dl class="facts"><xsl:apply-templates select="/page/purchase/fact"/></dl>
	</section>
</xsl:template>

<xsl:template match="fact">
	<div>
		<dt>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="concat('purchase.fact.', @id)"/>
			</xsl:call-template>
		</dt>
		<dd><xsl:apply-templates select="." mode="words"/></dd>
	</div>
</xsl:template>

<!-- Each fact hands its own figures to its sentence. -->
<xsl:template match="fact" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('purchase.fact.', @id, '.says')"/>
		<xsl:with-param name="one">
			<xsl:apply-templates select="." mode="figure"/>
		</xsl:with-param>
		<xsl:with-param name="two">
			<xsl:apply-templates select="@amount" mode="price"/>
		</xsl:with-param>
		<xsl:with-param name="three">
			<xsl:apply-templates select="@tax" mode="price"/>
		</xsl:with-param>
		<xsl:with-param name="four" select="string(@tax_percent)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="fact" mode="figure"/>
<xsl:template match="fact[@id = 'quantity']" mode="figure">
	<xsl:apply-templates select="@users" mode="users"/>
</xsl:template>
<xsl:template match="fact[@id = 'price']" mode="figure">
	<strong><xsl:apply-templates select="@total" mode="price"/></strong>
</xsl:template>
<xsl:template match="fact[@id = 'payment']" mode="figure">
	<xsl:value-of select="@days"/>
</xsl:template>

<xsl:template match="fact[@id = 'cancellation' and @email != '']" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'purchase.fact.cancellation.says'"/>
	</xsl:call-template>
	<xsl:text> </xsl:text>
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'purchase.fact.ask'"/>
		<xsl:with-param name="one">
			<a href="mailto:{@email}"><xsl:value-of select="@email"/></a>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="form[@name = 'purchase']" mode="after-button">
	<xsl:call-template name="back">
		<xsl:with-param name="to"
		    select="concat('license?serial=', /page/purchase/@serial)"/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
