<?xml version="1.0" encoding="UTF-8"?>
<!-- fact: a line of a list of facts: <dl> of term and what it is. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- term: a message id; what: text or nodes. Nothing without a what. -->
<xsl:template name="fact">
	<xsl:param name="term"/>
	<xsl:param name="what"/>
	<xsl:if test="string($what) != ''">
		<div>
			<dt>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="$term"/>
				</xsl:call-template>
			</dt>
			<dd><xsl:copy-of select="$what"/></dd>
		</div>
	</xsl:if>
</xsl:template>

<!-- Attributes that mean the same wherever they stand. -->
<xsl:template match="@*" mode="fact">
	<xsl:call-template name="fact">
		<xsl:with-param name="term" select="concat('fact.', name())"/>
		<xsl:with-param name="what"><xsl:apply-templates select="." mode="what"/></xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="@*" mode="what">
	<xsl:value-of select="."/>
</xsl:template>
<xsl:template mode="what" match="@trial_end | @ng_from | @released | @issued |
    @due | @paid_on | @on | @day">
	<xsl:apply-templates select="." mode="day"/>
</xsl:template>
<xsl:template mode="what" match="@created | @ended | @at | @seen | @installed |
    @key_entered | @last_contact">
	<xsl:apply-templates select="." mode="time"/>
</xsl:template>
<xsl:template mode="what" match="@archive_size | @unpacked_size |
    @bytes_done | @bytes_total">
	<xsl:apply-templates select="." mode="bytes"/>
</xsl:template>
<xsl:template mode="what" match="@price | @amount | @total | @tax |
    @price_total | @taxable | @paid_amount | @unit_price">
	<xsl:apply-templates select="." mode="price"/>
</xsl:template>
<xsl:template match="@trial_days | @days_left | @due_days" mode="what">
	<xsl:apply-templates select="." mode="days"/>
</xsl:template>
<xsl:template match="@users[. &gt; 0]" mode="what">
	<xsl:apply-templates select="." mode="users"/>
</xsl:template>
<xsl:template match="@users[. = 0]" mode="what"/>
<xsl:template match="@directory | @ip_address | @serial | @version" mode="what">
	<span class="code"><xsl:value-of select="."/></span>
</xsl:template>
<xsl:template match="@url" mode="what">
	<a href="{.}"><xsl:value-of select="."/></a>
</xsl:template>

<!-- An address block, line by line. -->
<xsl:template match="line">
	<xsl:value-of select="."/>
	<xsl:if test="following-sibling::line"><br/></xsl:if>
</xsl:template>

</xsl:stylesheet>
