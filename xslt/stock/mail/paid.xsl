<?xml version="1.0" encoding="UTF-8"?>
<!-- paid: the payment has come. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

<!-- Nothing is left to pay: no account. -->
<xsl:template match="bank"/>

</xsl:stylesheet>
