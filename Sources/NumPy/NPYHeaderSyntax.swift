/// What the header of an .npy file, a Python dict literal, needs at some byte.
public enum NPYHeaderSyntax: String, Hashable, Sendable {
  case openingBrace = "\"{\""
  case key = "a quoted key"
  case colon = "\":\""
  case commaOrClosingBrace = "\",\" or \"}\""
  case typeCode = "a quoted type code"
  case closingQuote = "a closing quote"
  case truth = "True or False"
  case openingParenthesis = "\"(\""
  case extent = "an extent in plain decimal digits that fits 64 bits"
  case commaOrClosingParenthesis = "\",\" or \")\""
  case commaAfterOnlyExtent = "\",\" after the only extent"
  case padding = "nothing but spaces and line ends after the dict"
}
