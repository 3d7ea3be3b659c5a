<?xml version="1.0" encoding="UTF-8"?>
<!-- overdue: the program has stopped: told on the day. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../part/mail.xsl"/>

</xsl:stylesheet>
