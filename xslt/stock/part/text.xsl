<?xml version="1.0" encoding="UTF-8"?>
<!-- text: words by id. Looked up in the brand's catalog, the stock one of the
     page's language, the English one; an id nobody knows shows in brackets. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="message" match="message" use="@id"/>
<!-- Those in which nothing is to be put. -->
<xsl:key name="plain" match="message[not(contains(., '{'))]" use="@id"/>
<!-- Those in which one thing is to be put, in one place. -->
<xsl:key name="one" use="@id" match="message[contains(., '{1}') and
    not(contains(substring-after(., '{'), '{'))]"/>

<xsl:variable name="language">
	<xsl:value-of select="/page/@xml:lang"/>
	<xsl:if test="not(/page/@xml:lang)">en</xsl:if>
</xsl:variable>

<xsl:variable name="stock-messages"
    select="document(concat('../message/', $language, '.xml'))"/>

<!-- A brand's layout.xsl overrides this with its own document(). -->
<xsl:variable name="brand-messages" select="/.."/>

<!-- Where words are looked for first; the page itself if nowhere. -->
<xsl:variable name="messages" select="($brand-messages |
    $stock-messages[not($brand-messages)] |
    /self::node()[not($brand-messages | $stock-messages)])[1]"/>

<!-- id: of the message; or: asked when the first is not there; one to four:
     what stands for {1} to {4}, text or nodes; optional: nothing rather than
     English words or the id in brackets. There are a hundred on a page and
     nearly all are plain: the rest is kept out of their way. -->
<xsl:template name="text">
	<xsl:param name="id"/>
	<xsl:param name="or"/>
	<xsl:param name="one"/>
	<xsl:param name="two"/>
	<xsl:param name="three"/>
	<xsl:param name="four"/>
	<xsl:param name="optional"/>
	<xsl:for-each select="$messages">
		<xsl:choose>
			<xsl:when test="key('plain', $id)">
				<xsl:value-of select="key('plain', $id)"/>
			</xsl:when>
			<xsl:when test="key('plain', $or) and not(key('message', $id))
			    and not($brand-messages)">
				<xsl:value-of select="key('plain', $or)"/>
			</xsl:when>
			<!-- one place for all that is said -->
			<xsl:when test="key('one', $id)">
				<xsl:value-of select="substring-before(key('one', $id), '{1}')"/>
				<xsl:copy-of select="$one"/>
				<xsl:value-of select="substring-after(key('one', $id), '{1}')"/>
			</xsl:when>
			<xsl:when test="$optional and not(key('message', $id))
			    and not(key('message', $or)) and not($brand-messages)"/>
			<xsl:otherwise>
				<xsl:call-template name="fill">
					<xsl:with-param name="words">
						<xsl:call-template name="words">
							<xsl:with-param name="id" select="$id"/>
							<xsl:with-param name="or" select="$or"/>
							<xsl:with-param name="optional" select="$optional"/>
						</xsl:call-template>
					</xsl:with-param>
					<xsl:with-param name="one" select="$one"/>
					<xsl:with-param name="two" select="$two"/>
					<xsl:with-param name="three" select="$three"/>
					<xsl:with-param name="four" select="$four"/>
				</xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:for-each>
</xsl:template>

<!-- The words of the first id that has some: the brand's, the stock ones,
     English ones. -->
<xsl:template name="words">
	<xsl:param name="id"/>
	<xsl:param name="or"/>
	<xsl:param name="optional"/>
	<xsl:choose>
		<xsl:when test="$brand-messages[key('message', $id)]">
			<xsl:apply-templates select="$brand-messages" mode="message">
				<xsl:with-param name="id" select="$id"/>
			</xsl:apply-templates>
		</xsl:when>
		<xsl:when test="$stock-messages[key('message', $id)]">
			<xsl:apply-templates select="$stock-messages" mode="message">
				<xsl:with-param name="id" select="$id"/>
			</xsl:apply-templates>
		</xsl:when>
		<xsl:when test="$or != ''">
			<xsl:call-template name="words">
				<xsl:with-param name="id" select="string($or)"/>
				<xsl:with-param name="optional" select="$optional"/>
			</xsl:call-template>
		</xsl:when>
		<xsl:when test="not($optional)">
			<xsl:call-template name="english">
				<xsl:with-param name="id" select="$id"/>
			</xsl:call-template>
		</xsl:when>
	</xsl:choose>
</xsl:template>

<xsl:template match="/" mode="message">
	<xsl:param name="id"/>
	<xsl:value-of select="key('message', $id)"/>
</xsl:template>

<!-- The last resort: English, and the id itself. -->
<xsl:template name="english">
	<xsl:param name="id"/>
	<xsl:variable name="words">
		<xsl:apply-templates select="document('../message/en.xml')" mode="message">
			<xsl:with-param name="id" select="$id"/>
		</xsl:apply-templates>
	</xsl:variable>
	<xsl:value-of select="$words"/>
	<xsl:if test="$words = ''"><xsl:value-of select="concat('[', $id, ']')"/></xsl:if>
</xsl:template>

<!-- Puts the arguments where {1} to {4} stand. -->
<xsl:template name="fill">
	<xsl:param name="words"/>
	<xsl:param name="one"/>
	<xsl:param name="two"/>
	<xsl:param name="three"/>
	<xsl:param name="four"/>
	<xsl:variable name="rest" select="substring-after($words, '{')"/>
	<xsl:variable name="place" select="substring-before($rest, '}')"/>
	<xsl:choose>
		<xsl:when test="$place = ''"><xsl:value-of select="$words"/></xsl:when>
		<xsl:otherwise>
			<xsl:value-of select="substring-before($words, '{')"/>
			<xsl:if test="$place = '1'"><xsl:copy-of select="$one"/></xsl:if>
			<xsl:if test="$place = '2'"><xsl:copy-of select="$two"/></xsl:if>
			<xsl:if test="$place = '3'"><xsl:copy-of select="$three"/></xsl:if>
			<xsl:if test="$place = '4'"><xsl:copy-of select="$four"/></xsl:if>
			<xsl:call-template name="fill">
				<xsl:with-param name="words" select="substring-after($rest, '}')"/>
				<xsl:with-param name="one" select="$one"/>
				<xsl:with-param name="two" select="$two"/>
				<xsl:with-param name="three" select="$three"/>
				<xsl:with-param name="four" select="$four"/>
			</xsl:call-template>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
