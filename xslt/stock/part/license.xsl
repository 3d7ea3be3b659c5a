<?xml version="1.0" encoding="UTF-8"?>
<!-- license: the sections of one license. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- What the program is told at its next check, and what to do about it. -->
<xsl:template match="entry" mode="verdict">
	<section class="card verdict">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.verdict'"/>
		</xsl:call-template>
		<p>
			<xsl:call-template name="badge">
				<xsl:with-param name="kind" select="'result'"/>
				<xsl:with-param name="state" select="@result"/>
			</xsl:call-template>
		</p>
		<xsl:apply-templates select="." mode="verdict-says"/>
		<div class="buttons"><xsl:apply-templates select="." mode="actions"/></div>
	</section>
</xsl:template>

<xsl:template match="entry" mode="verdict-says">
	<p>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="concat('license.says.', @code)"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="." mode="verdict-day"/>
			</xsl:with-param>
			<xsl:with-param name="two">
				<xsl:apply-templates select="@days_left" mode="days"/>
			</xsl:with-param>
		</xsl:call-template>
	</p>
</xsl:template>

<!-- Bought, but the program does not know the key yet. -->
<xsl:template mode="verdict-says" match="entry[@status &gt; 1 and
    (@code = 'TRIAL' or @code = 'TRIAL_ENDED')]">
	<p>
		<xsl:call-template name="text">
			<xsl:with-param name="id"
			    select="concat('license.says.', @code, '.bought')"/>
			<xsl:with-param name="one">
				<xsl:apply-templates select="@trial_end" mode="day"/>
			</xsl:with-param>
		</xsl:call-template>
	</p>
</xsl:template>

<!-- Requested: nothing runs yet. -->
<xsl:template match="entry[@status = '0']" mode="verdict-says">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'license.says.requested'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="entry" mode="verdict-day">
	<xsl:apply-templates select="@ng_from" mode="day"/>
</xsl:template>
<xsl:template mode="verdict-day"
    match="entry[@code = 'TRIAL' or @code = 'TRIAL_ENDED']">
	<xsl:apply-templates select="@trial_end" mode="day"/>
</xsl:template>

<xsl:template match="entry" mode="actions">
	<xsl:apply-templates select="." mode="next"/>
	<xsl:apply-templates select="@url" mode="open"/>
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('uninstall?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-uninstall'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
</xsl:template>
<xsl:template match="entry[@status = '0']" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('job?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-job'"/>
	</xsl:call-template>
</xsl:template>
<xsl:template match="entry[@status = 'U']" mode="actions">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('software?code=', @software)"/>
		<xsl:with-param name="id" select="'button.to-software'"/>
		<xsl:with-param name="look" select="'quiet'"/>
	</xsl:call-template>
</xsl:template>

<!-- The one thing that matters now: buy, or pay. -->
<xsl:template match="entry" mode="next"/>
<xsl:template match="entry[@status = '1' and @trial_end]" mode="next">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('purchase?serial=', @serial)"/>
		<xsl:with-param name="id" select="'button.to-purchase'"/>
	</xsl:call-template>
</xsl:template>
<xsl:template mode="next" match="entry[@invoice and
    (@code = 'PAYMENT_DUE' or @code = 'PAYMENT_OVERDUE')]">
	<xsl:call-template name="action">
		<xsl:with-param name="to" select="concat('invoice?no=', @invoice)"/>
		<xsl:with-param name="id" select="'button.to-invoice'"/>
	</xsl:call-template>
</xsl:template>

<xsl:template match="entry" mode="facts">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.facts'"/>
		</xsl:call-template>
		<dl class="facts small">
			<xsl:apply-templates select="@serial" mode="fact"/>
			<xsl:apply-templates select="@version" mode="fact"/>
			<xsl:apply-templates select="@users" mode="fact"/>
			<xsl:apply-templates select="@trial_end" mode="fact"/>
			<xsl:apply-templates select="@ng_from" mode="fact"/>
			<xsl:apply-templates select="@installed" mode="fact"/>
			<xsl:apply-templates select="@key_entered" mode="fact"/>
			<xsl:apply-templates select="@area" mode="fact"/>
			<xsl:apply-templates select="@directory" mode="fact"/>
			<xsl:apply-templates select="@os_model" mode="fact"/>
			<xsl:apply-templates select="@ip_address" mode="fact"/>
			<xsl:apply-templates select="@contract" mode="fact"/>
			<xsl:apply-templates select="@certificate" mode="fact"/>
			<xsl:apply-templates select="@invoice" mode="fact"/>
		</dl>
	</section>
</xsl:template>

<xsl:template match="entry/@invoice" mode="what">
	<a href="{$base}invoice?no={.}"><xsl:value-of select="."/></a>
</xsl:template>

<!-- The license key. -->
<xsl:template match="entry/key">
	<section class="card key-card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.key'"/>
		</xsl:call-template>
		<p class="key">
			<output id="key"><xsl:value-of select="."/></output>
			<button type="button" class="quiet" hidden="hidden" data-copy="key">
				<xsl:attribute name="data-done">
					<xsl:call-template name="text">
						<xsl:with-param name="id" select="'button.copied'"/>
					</xsl:call-template>
				</xsl:attribute>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'button.copy'"/>
				</xsl:call-template>
			</button>
		</p>
		<xsl:apply-templates select="." mode="says"/>
	</section>
</xsl:template>

<xsl:template match="entry/key[@revoked]">
	<section class="card key-card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.key'"/>
		</xsl:call-template>
		<p class="key"><s><xsl:value-of select="."/></s></p>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.key.revoked'"/>
		</xsl:call-template>
	</section>
</xsl:template>

<xsl:template match="key" mode="says">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'license.key.enter'"/>
		<xsl:with-param name="class" select="'hint'"/>
		<xsl:with-param name="one" select="string(../name)"/>
	</xsl:call-template>
</xsl:template>
<xsl:template match="entry[@key_entered]/key" mode="says">
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'license.key.entered'"/>
		<xsl:with-param name="class" select="'hint'"/>
		<xsl:with-param name="one">
			<xsl:apply-templates select="../@key_entered" mode="time"/>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- The certificate: on paper, the only thing of this page. -->
<xsl:template match="entry" mode="certificate"/>
<xsl:template match="entry[@certificate]" mode="certificate">
	<section class="card certificate">
		<h2 class="certificate-title">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'license.certificate'"/>
			</xsl:call-template>
		</h2>
		<p class="certificate-name"><xsl:apply-templates select="name"/></p>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'license.certificate.says'"/>
				<xsl:with-param name="one">
					<xsl:apply-templates select="@users" mode="users"/>
				</xsl:with-param>
			</xsl:call-template>
		</p>
		<dl class="facts">
			<xsl:apply-templates select="@certificate" mode="fact"/>
			<xsl:apply-templates select="@serial" mode="fact"/>
			<xsl:apply-templates select="@contract" mode="fact"/>
		</dl>
		<p class="certificate-seller"><xsl:value-of select="/page/site/name"/></p>
		<button type="button" class="quiet" hidden="hidden" data-print="yes">
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'button.print'"/>
			</xsl:call-template>
		</button>
	</section>
</xsl:template>

<!-- Revoking hides behind a fold: it is not an everyday thing. -->
<xsl:template match="form[@name = 'revoke']">
	<details class="card">
		<xsl:if test="field[@problem = 'yes']">
			<xsl:attribute name="open">open</xsl:attribute>
		</xsl:if>
		<summary>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'license.revoke'"/>
			</xsl:call-template>
		</summary>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.revoke.lead'"/>
		</xsl:call-template>
		<form class="form" method="post" action="{$base}{@action}"
		    novalidate="novalidate">
			<xsl:apply-templates select="field"/>
			<p class="actions"><xsl:apply-templates select="." mode="button"/></p>
		</form>
	</details>
</xsl:template>

<xsl:template match="form[@name = 'revoke']" mode="button-class">
	<xsl:attribute name="class">danger</xsl:attribute>
</xsl:template>

</xsl:stylesheet>
