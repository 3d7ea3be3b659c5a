<?xml version="1.0" encoding="UTF-8"?>
<!-- invoice: the document: a qualified invoice with its six items. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="invoice" mode="document">
	<h1 class="document-title">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'invoice.document'"/>
		</xsl:call-template>
	</h1>
	<div class="parties">
		<xsl:apply-templates select="buyer"/>
		<div>
			<dl class="facts small">
				<xsl:apply-templates select="@no" mode="fact"/>
				<xsl:apply-templates select="@issued" mode="fact"/>
				<xsl:apply-templates select="@contract" mode="fact"/>
				<xsl:apply-templates select="@serial" mode="fact"/>
			</dl>
			<xsl:apply-templates select="." mode="from"/>
		</div>
	</div>
	<xsl:apply-templates select="." mode="claim"/>
	<xsl:apply-templates select="." mode="items"/>
	<xsl:apply-templates select="." mode="taxes"/>
	<xsl:apply-templates select="." mode="how"/>
	<xsl:apply-templates select="." mode="payments"/>
</xsl:template>

<!-- To whom. -->
<xsl:template match="buyer">
	<div class="buyer">
		<p>
			<xsl:apply-templates select="line"/>
		</p>
	</div>
</xsl:template>

<!-- The last line is the person, the first one the postcode. -->
<xsl:template match="buyer/line[last()]">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'invoice.person'"/>
		<xsl:with-param name="one" select="string(.)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="buyer/line[translate(., '0123456789', '') = '-']">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'invoice.postcode'"/>
		<xsl:with-param name="one" select="string(.)"/>
	</xsl:call-template>
	<br/>
</xsl:template>

<xsl:template match="invoice" mode="from">
	<div class="seller">
		<p><xsl:apply-templates select="seller/line"/></p>
		<xsl:if test="@registration != ''">
			<xsl:call-template name="say">
				<xsl:with-param name="id" select="'invoice.registration'"/>
				<xsl:with-param name="one" select="string(@registration)"/>
			</xsl:call-template>
		</xsl:if>
	</div>
</xsl:template>

<xsl:template match="invoice" mode="claim">
	<p class="claim">
		<span>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'invoice.claim'"/>
			</xsl:call-template>
		</span>
		<b><xsl:apply-templates select="@total" mode="price"/></b>
		<span>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="concat('invoice.until.', @state)"/>
				<xsl:with-param name="one">
					<xsl:apply-templates select="." mode="until-day"/>
				</xsl:with-param>
			</xsl:call-template>
		</span>
	</p>
</xsl:template>

<xsl:template match="invoice" mode="until-day">
	<xsl:apply-templates select="@due" mode="day"/>
</xsl:template>
<xsl:template match="invoice[@state = 'paid']" mode="until-day">
	<xsl:apply-templates select="@paid_on" mode="day"/>
</xsl:template>

<xsl:template match="invoice" mode="items">
	<table class="fold items">
		<thead>
			<tr>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'invoice.item'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'invoice.quantity'"/>
					<xsl:with-param name="class" select="'number'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'invoice.unit-price'"/>
					<xsl:with-param name="class" select="'number'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'invoice.tax-percent'"/>
					<xsl:with-param name="class" select="'number'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'invoice.amount'"/>
					<xsl:with-param name="class" select="'number'"/>
				</xsl:call-template>
			</tr>
		</thead>
		<tbody><xsl:apply-templates select="item"/></tbody>
	</table>
</xsl:template>

<xsl:template match="invoice/item">
	<tr>
		<th scope="row"><xsl:value-of select="description"/></th>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'invoice.quantity'"/>
			<xsl:with-param name="class" select="'number'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@quantity" mode="number"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'invoice.unit-price'"/>
			<xsl:with-param name="class" select="'number'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@unit_price" mode="price"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'invoice.tax-percent'"/>
			<xsl:with-param name="class" select="'number'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@tax_percent" mode="percent"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'invoice.amount'"/>
			<xsl:with-param name="class" select="'number'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@amount" mode="price"/>
			</xsl:with-param>
		</xsl:call-template>
	</tr>
</xsl:template>

<!-- Per rate: what is taxed, and the tax, rounded once. -->
<xsl:template match="invoice" mode="taxes">
	<dl class="facts sums">
		<xsl:apply-templates select="tax"/>
		<div class="sum-total">
			<dt>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'invoice.total'"/>
				</xsl:call-template>
			</dt>
			<dd><b><xsl:apply-templates select="@total" mode="price"/></b></dd>
		</div>
	</dl>
</xsl:template>

<xsl:template match="tax">
	<div>
		<dt>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'invoice.taxable'"/>
				<xsl:with-param name="one" select="string(@percent)"/>
			</xsl:call-template>
		</dt>
		<dd><xsl:apply-templates select="@taxable" mode="price"/></dd>
	</div>
	<div>
		<dt>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'invoice.tax'"/>
				<xsl:with-param name="one" select="string(@percent)"/>
			</xsl:call-template>
		</dt>
		<dd><xsl:apply-templates select="@tax" mode="price"/></dd>
	</div>
</xsl:template>

<!-- How it is paid. -->
<xsl:template match="invoice" mode="how">
	<section class="how">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'invoice.how'"/>
		</xsl:call-template>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="concat('invoice.how.', @method)"/>
			<xsl:with-param name="one" select="string(@no)"/>
		</xsl:call-template>
		<xsl:apply-templates select="bank"/>
	</section>
</xsl:template>

<xsl:template match="invoice[@state = 'paid']" mode="how"/>

<xsl:template match="bank">
	<p class="bank"><xsl:apply-templates select="line"/></p>
</xsl:template>

<xsl:template match="invoice" mode="payments"/>
<xsl:template match="invoice[payment]" mode="payments">
	<section class="how">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'invoice.payments'"/>
		</xsl:call-template>
		<dl class="facts"><xsl:apply-templates select="payment"/></dl>
	</section>
</xsl:template>

<xsl:template match="payment">
	<div>
		<dt><xsl:apply-templates select="@on" mode="day"/></dt>
		<dd><xsl:apply-templates select="@amount" mode="price"/></dd>
	</div>
</xsl:template>

<!-- A transfer needs no button: the account stands above. -->
<xsl:template match="invoice" mode="pay">
	<xsl:apply-templates select="/page/form[@name = 'pay']"/>
</xsl:template>
<xsl:template match="invoice[@method = 'P']" mode="pay"/>

</xsl:stylesheet>
