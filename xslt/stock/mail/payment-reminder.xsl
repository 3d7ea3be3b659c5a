<?xml version="1.0" encoding="UTF-8"?>
<!-- payment-reminder: an invoice is still open. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

</xsl:stylesheet>
