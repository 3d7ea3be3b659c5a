<?xml version="1.0" encoding="UTF-8"?>
<!-- field: one field of a form: label, hint, what is wrong, control. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="field" mode="id">
	<xsl:value-of select="concat(../@name, '-', @name)"/>
</xsl:template>

<xsl:template match="field">
	<div class="field field-{@kind}">
		<label>
			<xsl:attribute name="for">
				<xsl:apply-templates select="." mode="id"/>
			</xsl:attribute>
			<xsl:apply-templates select="." mode="label"/>
			<xsl:apply-templates select="." mode="mark"/>
		</label>
		<xsl:apply-templates select="." mode="hint"/>
		<xsl:apply-templates select="." mode="problem"/>
		<xsl:apply-templates select="." mode="control"/>
	</div>
</xsl:template>

<xsl:template match="field[@kind = 'hidden' or @kind = 'token']">
	<input type="hidden" name="{@name}" value="{value}"/>
</xsl:template>

<xsl:template match="field[@kind = 'flag']">
	<div class="field field-flag">
		<xsl:apply-templates select="." mode="problem"/>
		<xsl:apply-templates select="." mode="control"/>
		<label>
			<xsl:attribute name="for">
				<xsl:apply-templates select="." mode="id"/>
			</xsl:attribute>
			<xsl:apply-templates select="." mode="label"/>
		</label>
		<xsl:apply-templates select="." mode="hint"/>
	</div>
</xsl:template>

<!-- Label: the screen's own word, the word for all screens, or the text that
     came with a field known only at run time. -->
<xsl:template match="field" mode="label">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat(/page/@screen, '.field.', @name)"/>
		<xsl:with-param name="or" select="concat('field.', @name)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="field[label]" mode="label">
	<xsl:value-of select="label"/>
</xsl:template>

<xsl:template match="field" mode="mark"/>
<!-- Nothing to fill in where something is chosen already. -->
<xsl:template mode="mark" priority="2"
    match="field[@kind = 'choice' and choice[@selected = 'yes']]"/>
<xsl:template match="form[@method = 'post']/field" mode="mark">
	<xsl:text> </xsl:text>
	<span class="mark mark-{@required}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('form.required.', @required)"/>
		</xsl:call-template>
	</span>
</xsl:template>

<xsl:template match="field" mode="hint">
	<xsl:variable name="hint">
		<xsl:apply-templates select="." mode="hint-text"/>
	</xsl:variable>
	<xsl:if test="$hint != ''">
		<p class="hint">
			<xsl:attribute name="id">
				<xsl:apply-templates select="." mode="id"/>
				<xsl:text>-hint</xsl:text>
			</xsl:attribute>
			<xsl:copy-of select="$hint"/>
		</p>
	</xsl:if>
</xsl:template>

<xsl:template match="field" mode="hint-text">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat(/page/@screen, '.field.', @name, '.hint')"/>
		<xsl:with-param name="or" select="concat('field.', @name, '.hint')"/>
		<xsl:with-param name="one" select="string(@least)"/>
		<xsl:with-param name="two" select="string(@most)"/>
		<xsl:with-param name="optional" select="true()"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="field" mode="problem"/>
<xsl:template match="field[@problem = 'yes']" mode="problem">
	<xsl:if test="/page/problem[@field = current()/@name]">
		<p class="wrong">
			<xsl:attribute name="id">
				<xsl:apply-templates select="." mode="id"/>
				<xsl:text>-problem</xsl:text>
			</xsl:attribute>
			<xsl:apply-templates mode="words"
			    select="/page/problem[@field = current()/@name]"/>
		</p>
	</xsl:if>
</xsl:template>

<!-- What every control carries: id, name, whether and why it is wrong. -->
<xsl:template match="field" mode="common">
	<xsl:attribute name="id">
		<xsl:apply-templates select="." mode="id"/>
	</xsl:attribute>
	<xsl:attribute name="name"><xsl:value-of select="@name"/></xsl:attribute>
	<xsl:apply-templates select="@autocomplete" mode="control"/>
	<xsl:if test="@required = 'yes' and ../@method = 'post'">
		<xsl:attribute name="required">required</xsl:attribute>
	</xsl:if>
	<xsl:if test="@problem = 'yes'">
		<xsl:attribute name="aria-invalid">true</xsl:attribute>
	</xsl:if>
	<xsl:apply-templates select="." mode="described"/>
</xsl:template>

<xsl:template match="field/@autocomplete" mode="control">
	<xsl:attribute name="autocomplete"><xsl:value-of select="."/></xsl:attribute>
</xsl:template>

<xsl:template match="field" mode="described">
	<xsl:variable name="hint">
		<xsl:apply-templates select="." mode="hint-text"/>
	</xsl:variable>
	<xsl:variable name="id"><xsl:apply-templates select="." mode="id"/></xsl:variable>
	<xsl:variable name="ids">
		<xsl:if test="$hint != ''">
			<xsl:value-of select="concat($id, '-hint ')"/>
		</xsl:if>
		<xsl:if test="@problem = 'yes' and /page/problem[@field = current()/@name]">
			<xsl:value-of select="concat($id, '-problem')"/>
		</xsl:if>
	</xsl:variable>
	<xsl:if test="$ids != ''">
		<xsl:attribute name="aria-describedby">
			<xsl:value-of select="normalize-space($ids)"/>
		</xsl:attribute>
	</xsl:if>
</xsl:template>

</xsl:stylesheet>
