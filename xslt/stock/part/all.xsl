<?xml version="1.0" encoding="UTF-8"?>
<!-- all: the parts that screens are put together from. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:include href="text.xsl"/>
<xsl:include href="number.xsl"/>
<xsl:include href="price.xsl"/>
<xsl:include href="date.xsl"/>
<xsl:include href="header.xsl"/>
<xsl:include href="problem.xsl"/>
<xsl:include href="action.xsl"/>
<xsl:include href="form.xsl"/>
<xsl:include href="field.xsl"/>
<xsl:include href="control.xsl"/>
<xsl:include href="fact.xsl"/>
<xsl:include href="state.xsl"/>
<xsl:include href="pager.xsl"/>
<xsl:include href="program.xsl"/>

</xsl:stylesheet>
