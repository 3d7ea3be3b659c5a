<?xml version="1.0" encoding="UTF-8"?>
<!-- job-done: an upgrade, a move and the like have come to their end. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

</xsl:stylesheet>
