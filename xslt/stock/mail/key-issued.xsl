<?xml version="1.0" encoding="UTF-8"?>
<!-- key-issued: the license key, and what to do with it. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

</xsl:stylesheet>
