<?xml version="1.0" encoding="UTF-8"?>
<!-- control: what is typed into, by the field's kind. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="field" mode="control">
	<input value="{value}">
		<xsl:apply-templates select="." mode="type"/>
		<xsl:apply-templates select="." mode="common"/>
		<xsl:apply-templates select="@longest" mode="control"/>
	</input>
</xsl:template>

<!-- A password is never given back. -->
<xsl:template match="field[@kind = 'password']" mode="control">
	<input type="password">
		<xsl:apply-templates select="." mode="common"/>
	</input>
</xsl:template>

<xsl:template match="field[@kind = 'flag']" mode="control">
	<input type="checkbox" value="yes">
		<xsl:apply-templates select="." mode="common"/>
		<xsl:if test="value = 'yes'">
			<xsl:attribute name="checked">checked</xsl:attribute>
		</xsl:if>
	</input>
</xsl:template>

<xsl:template match="field[@kind = 'choice']" mode="control">
	<select>
		<xsl:apply-templates select="." mode="common"/>
		<xsl:apply-templates select="." mode="no-choice"/>
		<xsl:apply-templates select="choice"/>
	</select>
</xsl:template>

<!-- A search may leave a choice open. -->
<xsl:template match="field" mode="no-choice"/>
<xsl:template mode="no-choice"
    match="form[@method = 'get']/field[not(choice[@value = ''])]">
	<option value="">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('choice.', @name, '.any')"/>
			<xsl:with-param name="or" select="'choice.any'"/>
		</xsl:call-template>
	</option>
</xsl:template>

<xsl:template match="choice">
	<option value="{@value}">
		<xsl:if test="@selected = 'yes'">
			<xsl:attribute name="selected">selected</xsl:attribute>
		</xsl:if>
		<xsl:apply-templates select="." mode="label"/>
	</option>
</xsl:template>

<!-- The text that came with it; where that is only the value, our word. -->
<xsl:template match="choice" mode="label">
	<xsl:value-of select="."/>
</xsl:template>

<xsl:template match="choice[. = '' or . = @value]" mode="label">
	<xsl:variable name="word">
		<xsl:call-template name="text">
			<xsl:with-param name="id"
			    select="concat('choice.', ../@name, '.', @value)"/>
			<xsl:with-param name="optional" select="true()"/>
		</xsl:call-template>
	</xsl:variable>
	<xsl:value-of select="$word"/>
	<xsl:if test="$word = ''"><xsl:value-of select="@value"/></xsl:if>
</xsl:template>

<xsl:template match="choice[@value = '']" mode="label">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('choice.', ../@name, '.any')"/>
		<xsl:with-param name="or" select="'choice.any'"/>
	</xsl:call-template>
</xsl:template>

<!-- Few choices that are worth reading side by side. -->
<xsl:template match="field[@name = 'payment_method']">
	<fieldset class="field choices">
		<xsl:attribute name="id"><xsl:apply-templates select="." mode="id"/></xsl:attribute>
		<xsl:attribute name="tabindex">-1</xsl:attribute>
		<xsl:apply-templates select="." mode="described"/>
		<legend>
			<xsl:apply-templates select="." mode="label"/>
			<xsl:apply-templates select="." mode="mark"/>
		</legend>
		<xsl:apply-templates select="." mode="hint"/>
		<xsl:apply-templates select="." mode="problem"/>
		<xsl:apply-templates select="choice[@value != '']" mode="radio"/>
	</fieldset>
</xsl:template>

<xsl:template match="choice" mode="radio">
	<label class="choice">
		<input type="radio" name="{../@name}" value="{@value}">
			<xsl:if test="@selected = 'yes'">
				<xsl:attribute name="checked">checked</xsl:attribute>
			</xsl:if>
			<xsl:if test="../@required = 'yes'">
				<xsl:attribute name="required">required</xsl:attribute>
			</xsl:if>
		</input>
		<span>
			<b><xsl:apply-templates select="." mode="label"/></b>
			<xsl:apply-templates select="." mode="explained"/>
		</span>
	</label>
</xsl:template>

<xsl:template match="choice" mode="explained">
	<small>
		<xsl:call-template name="text">
			<xsl:with-param name="id"
			    select="concat('choice.', ../@name, '.', @value, '.hint')"/>
			<xsl:with-param name="optional" select="true()"/>
		</xsl:call-template>
	</small>
</xsl:template>

<!-- Types. Numbers are text: people paste full-width digits, and the server
     reads them. -->
<xsl:template match="field" mode="type">
	<xsl:attribute name="type">text</xsl:attribute>
</xsl:template>
<xsl:template match="field[@kind = 'email' or @kind = 'tel']" mode="type">
	<xsl:attribute name="type"><xsl:value-of select="@kind"/></xsl:attribute>
</xsl:template>
<xsl:template match="field[@name = 'q']" mode="type">
	<xsl:attribute name="type">search</xsl:attribute>
</xsl:template>
<xsl:template match="field[@kind = 'number' or @kind = 'postcode']" mode="type">
	<xsl:attribute name="type">text</xsl:attribute>
	<xsl:attribute name="inputmode">numeric</xsl:attribute>
</xsl:template>
<xsl:template mode="type" match="field[@kind = 'address' or
    @kind = 'directory' or @kind = 'code' or @kind = 'serial']">
	<xsl:attribute name="type">text</xsl:attribute>
	<xsl:attribute name="spellcheck">false</xsl:attribute>
	<xsl:attribute name="autocapitalize">off</xsl:attribute>
</xsl:template>

<!-- Twice as long as allowed: what is too long is told, not cut off. -->
<xsl:template match="field/@longest" mode="control">
	<xsl:attribute name="maxlength"><xsl:value-of select="2 * ."/></xsl:attribute>
</xsl:template>
<xsl:template mode="control"
    match="field[@kind = 'number' or @kind = 'hidden']/@longest"/>

</xsl:stylesheet>
