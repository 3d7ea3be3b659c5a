<?xml version="1.0" encoding="UTF-8"?>
<!-- mail: a letter as subject and text: who is spoken to, what happened, the
     facts, where to go on, who writes. Each kind imports this. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:include href="text.xsl"/>
<xsl:include href="number.xsl"/>
<xsl:include href="price.xsl"/>
<xsl:include href="date.xsl"/>

<xsl:output method="xml" encoding="UTF-8"/>

<xsl:template match="/">
	<xsl:apply-templates select="page/mail"/>
</xsl:template>

<xsl:template match="mail">
	<mail>
		<subject><xsl:apply-templates select="." mode="subject"/></subject>
		<text>
			<xsl:apply-templates select="name"/>
			<xsl:apply-templates select="." mode="words"/>
			<xsl:apply-templates select="." mode="block"/>
			<xsl:apply-templates select="key"/>
			<xsl:apply-templates select="license"/>
			<xsl:apply-templates select="invoice"/>
			<xsl:apply-templates select="." mode="url"/>
			<xsl:apply-templates select="." mode="foot"/>
		</text>
	</mail>
</xsl:template>

<!-- {1} the program, {2} the day spoken of, {3} how far off that is. -->
<xsl:template match="mail" mode="say">
	<xsl:param name="id"/>
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="$id"/>
		<xsl:with-param name="one"
		    select="string((license | notice)[last()]/name)"/>
		<xsl:with-param name="two">
			<xsl:apply-templates select="." mode="day-spoken-of"/>
		</xsl:with-param>
		<xsl:with-param name="three">
			<xsl:apply-templates select="@days" mode="days"/>
		</xsl:with-param>
		<xsl:with-param name="four" select="string(invoice/@no)"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="mail" mode="day-spoken-of">
	<xsl:apply-templates select="@day" mode="day-text"/>
</xsl:template>
<xsl:template match="mail[not(@day)]" mode="day-spoken-of">
	<xsl:apply-templates select="license/@ng_from" mode="day-text"/>
</xsl:template>
<xsl:template match="mail[not(@day) and starts-with(@kind, 'trial')]"
    mode="day-spoken-of">
	<xsl:apply-templates select="license/@trial_end" mode="day-text"/>
</xsl:template>

<xsl:template match="mail" mode="subject">
	<xsl:apply-templates select="." mode="say">
		<xsl:with-param name="id" select="concat('mail.', @kind, '.subject')"/>
	</xsl:apply-templates>
</xsl:template>

<xsl:template match="mail/name">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'mail.greeting'"/>
		<xsl:with-param name="one" select="string(.)"/>
	</xsl:call-template>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

<xsl:template match="mail" mode="words">
	<xsl:apply-templates select="." mode="say">
		<xsl:with-param name="id" select="concat('mail.', @kind, '.text')"/>
	</xsl:apply-templates>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

<!-- A kind's own words between the text and the facts. -->
<xsl:template match="mail" mode="block"/>

<!-- The key stands alone in its line: it is cut and pasted. -->
<xsl:template match="mail/key">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'license.key'"/>
	</xsl:call-template>
	<xsl:text>&#10;&#10;    </xsl:text>
	<xsl:value-of select="."/>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

<xsl:template match="mail/license">
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'license.software'"/>
		<xsl:with-param name="what" select="concat(name, ' ', @version)"/>
	</xsl:call-template>
	<xsl:apply-templates select="." mode="facts"/>
	<xsl:text>&#10;</xsl:text>
</xsl:template>

<xsl:template match="license" mode="facts">
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'fact.serial'"/>
		<xsl:with-param name="what" select="@serial"/>
	</xsl:call-template>
	<xsl:if test="@users &gt; 0">
		<xsl:call-template name="line">
			<xsl:with-param name="term" select="'fact.users'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="@users" mode="users"/>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:if>
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'fact.directory'"/>
		<xsl:with-param name="what" select="@directory"/>
	</xsl:call-template>
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'fact.certificate'"/>
		<xsl:with-param name="what" select="@certificate"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="mail/invoice">
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'fact.no'"/>
		<xsl:with-param name="what" select="@no"/>
	</xsl:call-template>
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'purchase.total'"/>
		<xsl:with-param name="what">
			<xsl:apply-templates select="@total" mode="price-text"/>
		</xsl:with-param>
	</xsl:call-template>
	<xsl:apply-templates select="@due"/>
	<xsl:apply-templates select="@open"/>
	<xsl:text>&#10;</xsl:text>
	<xsl:apply-templates select="bank"/>
</xsl:template>

<xsl:template match="invoice/@due">
	<xsl:call-template name="line">
		<xsl:with-param name="term" select="'fact.due'"/>
		<xsl:with-param name="what">
			<xsl:apply-templates select="." mode="day-text"/>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- Told apart from the total only when a part has been paid. -->
<xsl:template match="invoice/@open">
	<xsl:if test=". &gt; 0 and . &lt; ../@total">
		<xsl:call-template name="line">
			<xsl:with-param name="term" select="'mail.open'"/>
			<xsl:with-param name="what">
				<xsl:apply-templates select="." mode="price-text"/>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template match="bank">
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="'mail.bank'"/>
		<xsl:with-param name="one" select="string(../@no)"/>
	</xsl:call-template>
	<xsl:text>&#10;</xsl:text>
	<xsl:apply-templates select="line"/>
	<xsl:text>&#10;</xsl:text>
</xsl:template>

<xsl:template match="bank/line">
	<xsl:value-of select="concat('    ', ., '&#10;')"/>
</xsl:template>

<!-- A line of facts; none without a what. -->
<xsl:template name="line">
	<xsl:param name="term"/>
	<xsl:param name="what"/>
	<xsl:if test="string($what) != ''">
		<xsl:text>  </xsl:text>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'mail.fact'"/>
			<xsl:with-param name="one">
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="$term"/>
				</xsl:call-template>
			</xsl:with-param>
			<xsl:with-param name="two" select="string($what)"/>
		</xsl:call-template>
		<xsl:text>&#10;</xsl:text>
	</xsl:if>
</xsl:template>

<xsl:template match="mail" mode="url"/>
<xsl:template match="mail[url]" mode="url">
	<xsl:call-template name="place-to-go">
		<xsl:with-param name="url" select="url"/>
	</xsl:call-template>
</xsl:template>

<xsl:template name="place-to-go">
	<xsl:param name="url"/>
	<xsl:call-template name="text">
		<xsl:with-param name="id" select="concat('mail.', @kind, '.url')"/>
		<xsl:with-param name="or" select="'mail.url'"/>
	</xsl:call-template>
	<xsl:value-of select="concat('&#10;    ', $url, '&#10;&#10;')"/>
</xsl:template>

<!-- What was worked on, where a piece of work is told of. -->
<xsl:template match="mail[job]" mode="subject">
	<xsl:apply-templates select="." mode="say">
		<xsl:with-param name="id"
		    select="concat('mail.', @kind, '.', job/@action, '.subject')"/>
	</xsl:apply-templates>
</xsl:template>

<xsl:template match="mail[job]" mode="words">
	<xsl:apply-templates select="." mode="say">
		<xsl:with-param name="id"
		    select="concat('mail.', @kind, '.', job/@action, '.text')"/>
	</xsl:apply-templates>
	<xsl:text>&#10;&#10;</xsl:text>
</xsl:template>

<!-- Who writes. -->
<xsl:template match="mail" mode="foot">
	<xsl:text>-- &#10;</xsl:text>
	<xsl:value-of select="concat(/page/site/name, '&#10;')"/>
	<xsl:apply-templates select="seller/line"/>
	<xsl:value-of select="concat(/page/site/@url, '&#10;')"/>
</xsl:template>

<xsl:template match="seller/line"/>
<xsl:template match="seller/line[. != '' and . != /page/site/name]">
	<xsl:value-of select="concat(., '&#10;')"/>
</xsl:template>

<xsl:template match="*">
	<xsl:message>
		<xsl:text>no template for </xsl:text>
		<xsl:value-of select="concat(name(..), '/', name())"/>
	</xsl:message>
	<xsl:apply-templates/>
</xsl:template>

</xsl:stylesheet>
