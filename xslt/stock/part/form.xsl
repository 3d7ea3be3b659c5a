<?xml version="1.0" encoding="UTF-8"?>
<!-- form: a form of the page; field.xsl has its fields. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="form">
	<form id="form-{@name}" class="form" method="{@method}"
	    action="{$base}{@action}" novalidate="novalidate">
		<xsl:apply-templates select="." mode="fields"/>
		<xsl:apply-templates select="." mode="before-button"/>
		<p class="actions">
			<xsl:apply-templates select="." mode="button"/>
			<xsl:apply-templates select="." mode="after-button"/>
		</p>
	</form>
</xsl:template>

<xsl:template match="form" mode="fields">
	<xsl:apply-templates select="field"/>
</xsl:template>

<xsl:template match="form" mode="before-button"/>
<xsl:template match="form" mode="after-button"/>

<xsl:template match="form" mode="button">
	<button type="submit">
		<xsl:apply-templates select="." mode="button-class"/>
		<xsl:apply-templates select="." mode="button-text"/>
	</button>
</xsl:template>

<!-- Quiet or dangerous buttons override this with a class attribute. -->
<xsl:template match="form" mode="button-class"/>

<xsl:template match="form" mode="button-text">
	<xsl:call-template name="text">
		<xsl:with-param name="id"
		    select="concat('button.', /page/@screen, '.', @name)"/>
		<xsl:with-param name="or" select="concat('button.', @name)"/>
	</xsl:call-template>
</xsl:template>

<!-- A link that leads away from the form without doing anything. -->
<xsl:template name="back">
	<xsl:param name="to"/>
	<a class="button quiet" href="{$base}{$to}">
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'button.back'"/>
		</xsl:call-template>
	</a>
</xsl:template>

</xsl:stylesheet>
