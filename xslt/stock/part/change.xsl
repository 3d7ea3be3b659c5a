<?xml version="1.0" encoding="UTF-8"?>
<!-- change: what can be done with an installed program: upgrade, go back, back
     up, restore, move. A card each, with its form. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="entry" mode="change">
	<xsl:apply-templates select="work"/>
	<xsl:apply-templates select="upgrade"/>
	<xsl:apply-templates select="rollback"/>
	<xsl:apply-templates select="/page/form[@name = 'backup']"/>
	<xsl:apply-templates select="/page/form[@name = 'move']"/>
</xsl:template>

<!-- Nothing else can be ordered for now. -->
<xsl:template match="entry/work">
	<section class="card">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="concat('license.work.', @action)"/>
		</xsl:call-template>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.work'"/>
		</xsl:call-template>
		<div class="buttons row">
			<xsl:call-template name="action">
				<xsl:with-param name="to" select="concat('job?serial=', ../@serial)"/>
				<xsl:with-param name="id" select="'button.to-job'"/>
			</xsl:call-template>
		</div>
	</section>
</xsl:template>
<!-- An install has its button beside the verdict. -->
<xsl:template match="entry[@status = '0']/work"/>

<xsl:template match="entry/upgrade">
	<section class="card" id="upgrade">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.upgrade'"/>
		</xsl:call-template>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'license.upgrade.says'"/>
				<xsl:with-param name="one">
					<b class="code"><xsl:value-of select="@from"/></b>
				</xsl:with-param>
				<xsl:with-param name="two">
					<b class="code"><xsl:value-of select="@to"/></b>
				</xsl:with-param>
			</xsl:call-template>
		</p>
		<xsl:apply-templates select="feature"/>
		<dl class="facts small">
			<xsl:apply-templates select="@released" mode="fact"/>
			<xsl:apply-templates select="@archive_size" mode="fact"/>
		</dl>
		<ul>
			<li>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'license.upgrade.kept'"/>
				</xsl:call-template>
			</li>
			<li>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'license.upgrade.files'"/>
				</xsl:call-template>
			</li>
			<li>
				<xsl:call-template name="text">
					<xsl:with-param name="id" select="'license.upgrade.back'"/>
					<xsl:with-param name="one">
						<xsl:apply-templates select="../@keep_days" mode="days"/>
					</xsl:with-param>
				</xsl:call-template>
			</li>
		</ul>
		<xsl:apply-templates select="@unmet"/>
		<xsl:apply-templates select="/page/form[@name = 'upgrade']"/>
	</section>
</xsl:template>

<xsl:template match="upgrade/feature">
	<p class="lines quote"><xsl:value-of select="."/></p>
</xsl:template>

<xsl:template match="upgrade/@unmet">
	<div class="note warn">
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'install.requirement'"/>
			<xsl:with-param name="one" select="string(.)"/>
		</xsl:call-template>
	</div>
</xsl:template>

<xsl:template match="entry/rollback">
	<section class="card" id="rollback">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.rollback'"/>
		</xsl:call-template>
		<p>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'license.rollback.says'"/>
				<xsl:with-param name="one">
					<b class="code"><xsl:value-of select="@to"/></b>
				</xsl:with-param>
				<xsl:with-param name="two">
					<xsl:apply-templates select="@until" mode="time"/>
				</xsl:with-param>
			</xsl:call-template>
		</p>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.rollback.data'"/>
		</xsl:call-template>
		<xsl:apply-templates select="/page/form[@name = 'rollback']"/>
	</section>
</xsl:template>

<!-- Making one, and the list of those that there are. -->
<xsl:template match="form[@name = 'backup']">
	<section class="card" id="backup">
		<xsl:call-template name="heading">
			<xsl:with-param name="id" select="'license.backup'"/>
		</xsl:call-template>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.backup.says'"/>
		</xsl:call-template>
		<form id="form-backup" class="form" method="post"
		    action="{$base}{@action}" novalidate="novalidate">
			<xsl:apply-templates select="field"/>
			<p class="actions"><xsl:apply-templates select="." mode="button"/></p>
		</form>
		<xsl:apply-templates select="/page/form[@name = 'restore']"/>
	</section>
</xsl:template>

<xsl:template match="form[@name = 'restore']">
	<h3>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'license.restore'"/>
		</xsl:call-template>
	</h3>
	<xsl:call-template name="say">
		<xsl:with-param name="id" select="'license.restore.says'"/>
		<xsl:with-param name="one">
			<xsl:apply-templates select="/page/license/entry/@keep_days" mode="days"/>
		</xsl:with-param>
	</xsl:call-template>
	<form id="form-restore" class="form" method="post"
	    action="{$base}{@action}" novalidate="novalidate">
		<xsl:apply-templates select="field"/>
		<p class="actions"><xsl:apply-templates select="." mode="button"/></p>
	</form>
</xsl:template>

<!-- Each backup: when, which version, how large, and the file's name. -->
<xsl:template match="field[@name = 'restore']">
	<fieldset class="field choices">
		<xsl:attribute name="id"><xsl:apply-templates select="." mode="id"/></xsl:attribute>
		<xsl:attribute name="tabindex">-1</xsl:attribute>
		<xsl:apply-templates select="." mode="described"/>
		<legend><xsl:apply-templates select="." mode="label"/></legend>
		<xsl:apply-templates select="." mode="problem"/>
		<xsl:apply-templates select="choice" mode="radio"/>
	</fieldset>
</xsl:template>

<xsl:template match="field[@name = 'restore']/choice" mode="label">
	<xsl:variable name="backup"
	    select="/page/license/entry/backup[@name = current()/@value]"/>
	<xsl:apply-templates select="$backup/@made" mode="time"/>
</xsl:template>

<xsl:template match="field[@name = 'restore']/choice" mode="explained">
	<xsl:apply-templates mode="explained"
	    select="/page/license/entry/backup[@name = current()/@value]"/>
</xsl:template>

<xsl:template match="backup" mode="explained">
	<small>
		<xsl:call-template name="text">
			<xsl:with-param name="id" select="'software.version'"/>
			<xsl:with-param name="one" select="string(@version)"/>
		</xsl:call-template>
		<xsl:if test="@bytes">
			<xsl:text>, </xsl:text>
			<xsl:apply-templates select="@bytes" mode="bytes"/>
		</xsl:if>
		<br/>
		<span class="code"><xsl:value-of select="@name"/></span>
	</small>
</xsl:template>

<!-- Not an everyday thing: behind a fold. -->
<xsl:template match="form[@name = 'move']">
	<details class="card" id="move">
		<xsl:if test="field[@problem = 'yes']">
			<xsl:attribute name="open">open</xsl:attribute>
		</xsl:if>
		<summary>
			<xsl:call-template name="text">
				<xsl:with-param name="id" select="'license.move'"/>
			</xsl:call-template>
		</summary>
		<xsl:call-template name="say">
			<xsl:with-param name="id" select="'license.move.says'"/>
		</xsl:call-template>
		<form id="form-move" class="form" method="post"
		    action="{$base}{@action}" novalidate="novalidate">
			<xsl:apply-templates select="field"/>
			<p class="actions"><xsl:apply-templates select="." mode="button"/></p>
		</form>
	</details>
</xsl:template>

<xsl:template mode="button-class"
    match="form[@name = 'rollback' or @name = 'backup' or @name = 'restore']">
	<xsl:attribute name="class">quiet</xsl:attribute>
</xsl:template>

</xsl:stylesheet>
