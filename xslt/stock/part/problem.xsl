<?xml version="1.0" encoding="UTF-8"?>
<!-- problem: what the visitor should put right: a list at the top with links,
     the same words beside the field. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="field" match="/page/form/field" use="@name"/>

<xsl:template match="page" mode="problems">
	<div class="problems" role="alert" tabindex="-1" autofocus="autofocus">
		<h2>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'problem.title'"/>
			</xsl:call-template>
		</h2>
		<ul><xsl:apply-templates select="problem"/></ul>
	</div>
</xsl:template>

<xsl:template match="page/problem">
	<li><xsl:apply-templates select="." mode="words"/></li>
</xsl:template>

<!-- Of a field: the label, then what is wrong, as a link to it. -->
<xsl:template match="page/problem[key('field', @field)]">
	<xsl:variable name="fields" select="key('field', @field)"/>
	<xsl:variable name="wrong" select="$fields[@problem = 'yes']"/>
	<li>
		<a>
			<xsl:attribute name="href">
				<xsl:text>#</xsl:text>
				<xsl:apply-templates mode="id"
				    select="($wrong | $fields[not($wrong)])[1]"/>
			</xsl:attribute>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'problem.of'"/>
				<xsl:with-param name="one">
					<xsl:apply-templates select="$fields[1]" mode="label"/>
				</xsl:with-param>
				<xsl:with-param name="two">
					<xsl:apply-templates select="." mode="words"/>
				</xsl:with-param>
			</xsl:call-template>
		</a>
	</li>
</xsl:template>

<xsl:template match="problem" mode="words">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="string(@id)"/>
		<xsl:with-param name="one" select="string(argument[1])"/>
		<xsl:with-param name="two" select="string(argument[2])"/>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
