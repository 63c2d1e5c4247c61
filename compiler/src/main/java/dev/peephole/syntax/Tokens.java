package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import dev.peephole.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * The words and symbols of a file, with each line's end as a token and the documentation taken out.
 */
final class Tokens {
  /** With more stray characters than this the text is in some other language. */
  private static final int MAX_STRAY = 1000;

  private final SyntaxErrors errors;
  private final List<Token> list = new ArrayList<>();
  private final Map<Integer, List<String>> docs = new HashMap<>();
  private List<String> doc = new ArrayList<>();

  private Tokens(SyntaxErrors errors) {
    this.errors = errors;
  }

  /** Reads a file. Characters that belong to no word or symbol are reported and left out. */
  static Tokens of(SourceFile file, SyntaxErrors errors) {
    Tokens tokens = new Tokens(errors);
    String text = file.text();
    OptionalInt control = firstControl(text);
    if (control.isPresent()) {
      int at = control.getAsInt();
      errors.report(
          errors
              .error(errors.span(at, at + 1), "this is not a text file")
              .note("it holds the control character " + StrayCharacter.code(text.charAt(at))));
      text = "";
    }
    tokens.read(new NnLexer(new Characters(file.name(), text)), text);
    return tokens;
  }

  /** Where the text stops being one, if it does. */
  private static OptionalInt firstControl(String text) {
    return IntStream.range(0, text.length())
        .filter(i -> text.charAt(i) < ' ' && "\t\n\f\r".indexOf(text.charAt(i)) < 0)
        .findFirst();
  }

  /** All tokens, the last of them the end of the file. */
  List<Token> list() {
    return list;
  }

  /** The documentation in front of the token that starts at {@code offset}. */
  List<String> docBefore(Token token) {
    return docs.getOrDefault(token.getStartIndex(), List.of());
  }

  private void read(NnLexer lexer, String text) {
    boolean lineStart = true;
    int stray = 0;
    int strayEnd = -1;
    Token token;
    do {
      token = lexer.nextToken();
      switch (meant(token)) {
        case NnLexer.DOC -> {
          // Behind other code it is a note like any other.
          if (lineStart) {
            doc.add(content(token));
          }
        }
        case NnLexer.STRAY -> {
          if (token.getStartIndex() != strayEnd) {
            errors.report(StrayCharacter.at(token.getStartIndex(), text, errors));
          }
          strayEnd = token.getStopIndex() + 1;
          stray++;
        }
        case NnLexer.OPEN_TEXT -> {
          errors.report(
              errors
                  .error(errors.after(token), "a `\"` is missing")
                  .labelled("the line ends inside the text")
                  .and(
                      errors.span(token.getStartIndex(), token.getStartIndex() + 1),
                      "it starts here")
                  .hint("a text stands in double quotes on one line"));
          add(closed(token));
        }
        default -> add(token);
      }
      lineStart = token.getType() == NnLexer.NEWLINE;
    } while (token.getType() != Token.EOF && stray <= MAX_STRAY);
    if (stray > MAX_STRAY) {
      list.clear();
      list.add(lexer.emitEOF());
    }
  }

  /** The type of a token; a point that follows nothing with parts is a stray character. */
  private int meant(Token token) {
    boolean stray =
        token.getType() == NnLexer.DOT
            && (list.isEmpty() || !Words.hasMembers(list.get(list.size() - 1).getType()));
    return stray ? NnLexer.STRAY : token.getType();
  }

  private void add(Token token) {
    list.add(token);
    if (token.getType() != NnLexer.NEWLINE && !doc.isEmpty()) {
      docs.put(token.getStartIndex(), doc);
      doc = new ArrayList<>();
    }
  }

  /** The line behind the slashes, without the space that sets it off. */
  private static String content(Token token) {
    String line = token.getText().substring(3).stripTrailing();
    return line.startsWith(" ") ? line.substring(1) : line;
  }

  private static Token closed(Token open) {
    CommonToken text = new CommonToken(open);
    text.setType(NnLexer.TEXT);
    text.setText(open.getText() + "\"");
    return text;
  }
}
