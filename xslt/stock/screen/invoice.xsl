<?xml version="1.0" encoding="UTF-8"?>
<!-- invoice: the customer's invoices, or one as a document. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../part/invoice.xsl"/>

<xsl:template match="invoice[@list = 'no']" mode="title">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'invoice.title.one'"/>
		<xsl:with-param name="one" select="string(@no)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="invoice[@list = 'no']" mode="query">
	<xsl:value-of select="concat('no=', @no, '&amp;')"/>
</xsl:template>

<xsl:template match="invoice[@list = 'no']" mode="script">
	<script src="{$asset}copy.js" defer="defer"/>
</xsl:template>

<!-- The list. -->
<xsl:template match="invoice">
	<div class="head">
		<h1><xsl:apply-templates select="." mode="title"/></h1>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'invoice.lead'"/>
			<xsl:with-param name="class" select="'lead'"/>
		</xsl:call-template>
	</div>
	<xsl:apply-templates select="." mode="entries"/>
</xsl:template>

<xsl:template match="invoice" mode="entries">
	<table class="fold card">
		<thead>
			<tr>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'fact.no'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'fact.issued'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'fact.due'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'invoice.state'"/>
				</xsl:call-template>
				<xsl:call-template name="column">
					<xsl:with-param name="id" select="'fact.total'"/>
					<xsl:with-param name="class" select="'number'"/>
				</xsl:call-template>
			</tr>
		</thead>
		<tbody><xsl:apply-templates select="entry"/></tbody>
	</table>
</xsl:template>

<xsl:template match="invoice[not(entry)]" mode="entries">
	<xsl:call-template name="empty">
		<xsl:with-param name="id" select="'invoice.empty'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="invoice/entry">
	<tr>
		<th scope="row">
			<a class="code" href="{$base}invoice?no={@no}"><xsl:value-of select="@no"/></a>
			<br/>
			<span class="soft"><xsl:apply-templates select="name"/></span>
		</th>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'fact.issued'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@issued" mode="day"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'fact.due'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@due" mode="day"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'invoice.state'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@state" mode="badge"/>
			</xsl:with-param>
		</xsl:call-template>
		<xsl:call-template name="cell">
			<xsl:with-param name="id" select="'fact.total'"/>
			<xsl:with-param name="class" select="'number'"/>
			<xsl:with-param name="what">
				<b><xsl:apply-templates select="@total" mode="price"/></b>
			</xsl:with-param>
		</xsl:call-template>
	</tr>
</xsl:template>

<!-- One: the bar above it is not printed. -->
<xsl:template match="invoice[@list = 'no']">
	<div class="head invoice-bar">
		<p class="crumb">
			<a href="{$base}invoice">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'place.invoice'"/>
				</xsl:call-template>
			</a>
		</p>
		<div class="buttons row">
			<xsl:apply-templates select="@state" mode="badge"/>
			<button type="button" class="quiet" hidden="hidden" data-print="yes">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'button.print'"/>
				</xsl:call-template>
			</button>
			<xsl:call-template name="action">
				<xsl:with-param name="to" select="concat('license?serial=', @serial)"/>
				<xsl:with-param name="id" select="'button.to-license'"/>
				<xsl:with-param name="look" select="'quiet'"/>
			</xsl:call-template>
		</div>
	</div>
	<article class="card document">
		<xsl:apply-templates select="." mode="document"/>
	</article>
	<xsl:apply-templates select="." mode="pay"/>
</xsl:template>

</xsl:stylesheet>
