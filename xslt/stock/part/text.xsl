<?xml version="1.0" encoding="UTF-8"?>
<!-- text: words by id. Looked up in the brand's catalog, the stock one of the
     page's language, the English one; an id nobody knows shows in brackets. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="message" match="message" use="@id"/>

<xsl:variable name="language">
	<xsl:value-of select="/page/@xml:lang"/>
	<xsl:if test="not(/page/@xml:lang)">en</xsl:if>
</xsl:variable>

<xsl:variable name="stock-messages"
    select="document(concat('../message/', $language, '.xml'))"/>

<!-- A brand's layout.xsl overrides this with its own document(). -->
<xsl:variable name="brand-messages" select="/.."/>

<!-- id: of the message; or: asked when the first has no text; one to four:
     what stands for {1} to {4}, text or nodes; optional: nothing rather than
     the id in brackets. -->
<xsl:template name="text">
	<xsl:param name="id"/>
	<xsl:param name="or"/>
	<xsl:param name="one"/>
	<xsl:param name="two"/>
	<xsl:param name="three"/>
	<xsl:param name="four"/>
	<xsl:param name="optional" select="false()"/>
	<xsl:variable name="words">
		<xsl:call-template name="words">
			<xsl:with-param name="id" select="$id"/>
			<xsl:with-param name="or" select="$or"/>
		</xsl:call-template>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="$words != ''">
			<xsl:call-template name="fill">
				<xsl:with-param name="words" select="string($words)"/>
				<xsl:with-param name="one" select="$one"/>
				<xsl:with-param name="two" select="$two"/>
				<xsl:with-param name="three" select="$three"/>
				<xsl:with-param name="four" select="$four"/>
			</xsl:call-template>
		</xsl:when>
		<xsl:when test="not($optional)">
			<xsl:value-of select="concat('[', $id, ']')"/>
		</xsl:when>
	</xsl:choose>
</xsl:template>

<!-- The words of the first id that has some, the page's language first. -->
<xsl:template name="words">
	<xsl:param name="id"/>
	<xsl:param name="or"/>
	<xsl:variable name="own">
		<xsl:call-template name="own-words">
			<xsl:with-param name="id" select="$id"/>
		</xsl:call-template>
	</xsl:variable>
	<xsl:variable name="other">
		<xsl:if test="$own = '' and $or != ''">
			<xsl:call-template name="own-words">
				<xsl:with-param name="id" select="$or"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:variable>
	<xsl:value-of select="concat($own, $other)"/>
	<xsl:if test="$own = '' and $other = '' and $language != 'en'">
		<xsl:apply-templates select="document('../message/en.xml')" mode="message">
			<xsl:with-param name="id" select="$id"/>
		</xsl:apply-templates>
	</xsl:if>
</xsl:template>

<xsl:template name="own-words">
	<xsl:param name="id"/>
	<xsl:variable name="brand">
		<xsl:apply-templates select="$brand-messages" mode="message">
			<xsl:with-param name="id" select="$id"/>
		</xsl:apply-templates>
	</xsl:variable>
	<xsl:value-of select="$brand"/>
	<xsl:if test="$brand = ''">
		<xsl:apply-templates select="$stock-messages" mode="message">
			<xsl:with-param name="id" select="$id"/>
		</xsl:apply-templates>
	</xsl:if>
</xsl:template>

<xsl:template match="/" mode="message">
	<xsl:param name="id"/>
	<xsl:value-of select="key('message', $id)"/>
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
