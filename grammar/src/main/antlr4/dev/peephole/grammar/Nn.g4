/**
 * The language of .nn files.
 *
 * The compiler filters the tokens before they reach these rules. NEWLINE arrives only where it ends
 * a statement, declaration or clause: never inside ( ) and [ ], after an operator, a comma or an
 * opening brace, before a closing brace or |>, and never twice in a row. DOC comments are taken out
 * and attached to what follows them. Brackets arrive in pairs.
 *
 * Each decision needs one token of lookahead (two where a name may be the label of what follows),
 * so that a message can always say what could have stood at the place of an error.
 */
grammar Nn;

// ---- Files ----

file : (declaration (NEWLINE declaration)*)? EOF ;

declaration
  : importDeclaration
  | constDeclaration
  | networkDeclaration
  | callableDeclaration
  | trainDeclaration
  ;

importDeclaration   : 'import' TEXT ;

constDeclaration    : 'const' name '=' expression ;

networkDeclaration  : 'network' name body ;

callableDeclaration : ('function' | 'layer' | 'cell' | 'optimizer' | 'initializer') name
                      '(' (parameter (',' parameter)*)? ')' (body | '=' expression) ;

parameter           : name (':' type)? ('=' expression)? ;

trainDeclaration    : 'train' name plan ;

// ---- Types: what follows a colon ----

type   : shape labels? | labels | kind ;

shape  : '[' (axis (',' axis)*)? ']' ;

axis   : '*' | expression ;

labels : 'class' '(' expression ')' ;

kind   : 'int' | 'ints' | 'real' | 'bool' | 'text'
       | 'initializer' | 'function' | 'layer' | 'layers' | 'cell' | 'optimizer' ;

// ---- Statements ----

body : '{' (statement (NEWLINE statement)*)? '}' ;

statement
  : inputStatement
  | targetStatement
  | outputStatement
  | lossStatement
  | paramStatement
  | stateStatement
  | requireStatement
  | expectStatement
  | returnStatement
  | equation
  ;

inputStatement  : 'input' name ':' type ;

targetStatement : 'target' name ':' type ;

outputStatement : 'output' (equation answering? | answer (',' answer)*) ;

answer          : expression answering? ;

answering       : 'for' name ;

lossStatement   : 'loss' expression ;

paramStatement  : 'param' names ':' shape ('=' init=expression)? ('when' condition=expression)? ;

stateStatement  : 'state' names (':' shape)? ('=' init=expression)? ('when' condition=expression)? ;

requireStatement: 'require' condition=expression 'else' TEXT ;

expectStatement : 'expect' value=expression ('within' | 'beyond') from=expression '..' to=expression
                  'else' TEXT ;

returnStatement : 'return' expression ;

equation        : name '=' expression ;

// ---- Training plans ----

plan : '{' (clause (NEWLINE clause)*)? '}' ;

// A line that begins with a clause's word. What may stand behind it each clause declares itself (Clauses
// in dev.peephole.check.plan, listed in docs/language.md): words of its own, and the parts below.
clause   : (braced | ~('{' | '}' | NEWLINE))+ ;

braced   : '{' (braced | ~('{' | '}'))* '}' ;

// ---- Parts of clauses, beside expression, call and names ----

shares   : negation ('/' negation)* ;

calls    : call (',' call)* ;

// What weights files call parameters: dense1.W, or a part of it.
paths    : path (',' path)* ;

path     : name ('.' name)* ;

// Bindings may stand side by side.
bindings : '{' (binding (NEWLINE? binding)*)? '}' ;

binding  : name '=' (columns | window | expression ('shifted' expression)?) ;

// Each number may be changed: columns "a", "b" / 255 - 0.5.
columns  : ('column' | 'columns') column ((',' column)* | '..' column) factor* term* ;

factor   : ('*' | '/') negation ;

term     : ('+' | '-') product ;

column   : NUMBER | TEXT | name ;

window   : 'window' expression 'step' expression ;

// ---- Expressions, loosest first ----

expression  : conditional ('|>' call)* ;

conditional : 'if' expression 'then' expression 'else' conditional | disjunction ;

disjunction : conjunction ('or' conjunction)* ;

conjunction : inversion ('and' inversion)* ;

inversion   : 'not' inversion | comparison ;

comparison  : sum (('<' | '<=' | '>' | '>=' | '==' | '!=') sum)* ;

sum         : product (('+' | '-') product)* ;

product     : negation (('*' | '/' | '@') negation)* ;

negation    : '-' negation | power ;

power       : item ('^' negation)? ;

item        : primary (index | member)* ;

index       : '[' selector (',' selector)* ']' ;

member      : '.' name ;

selector    : '..' to=expression? stride? | from=expression ('..' to=expression? stride?)? ;

// No expression, because step (2) would be a call.
stride      : 'step' (NUMBER | name) ;

primary
  : NUMBER
  | TEXT
  | 'true'
  | 'false'
  | 'prev' name
  | call
  | listing
  | '(' expression ')'
  ;

// A name alone is a call without arguments to the grammar; the tree tells them apart.
call      : name arguments? ;

arguments : '(' (argument (',' argument)*)? ')' ;

argument  : (name ':')? expression | each ;

each      : name 'in' from=expression ('..' to=expression)? ;

listing   : '[' (expression (',' expression)*)? ']' ;

// ---- Names ----

names : name (',' name)* ;

// Words that mean something in one place only are names in all others. So are those of clauses.
name
  : NAME
  | 'beyond' | 'bool' | 'class' | 'column' | 'columns' | 'expect' | 'for' | 'in' | 'int' | 'ints' | 'layers' | 'real' | 'require'
  | 'shifted' | 'step' | 'text' | 'window' | 'within'
  ;

// ---- Tokens: reserved words ----

AND         : 'and' ;
CELL        : 'cell' ;
CONST       : 'const' ;
ELSE        : 'else' ;
FALSE       : 'false' ;
FUNCTION    : 'function' ;
IF          : 'if' ;
IMPORT      : 'import' ;
INITIALIZER : 'initializer' ;
INPUT       : 'input' ;
LAYER       : 'layer' ;
LOSS        : 'loss' ;
NETWORK     : 'network' ;
NOT         : 'not' ;
OPTIMIZER   : 'optimizer' ;
OR          : 'or' ;
OUTPUT      : 'output' ;
PARAM       : 'param' ;
PREV        : 'prev' ;
RETURN      : 'return' ;
STATE       : 'state' ;
TARGET      : 'target' ;
THEN        : 'then' ;
TRAIN       : 'train' ;
TRUE        : 'true' ;
WHEN        : 'when' ;

// ---- Tokens: words that are names as well (see the rule name) ----

BEYOND      : 'beyond' ;
BOOL        : 'bool' ;
CLASS       : 'class' ;
COLUMN      : 'column' ;
COLUMNS     : 'columns' ;
EXPECT      : 'expect' ;
FOR         : 'for' ;
IN          : 'in' ;
INT         : 'int' ;
INTS        : 'ints' ;
LAYERS      : 'layers' ;
REAL        : 'real' ;
REQUIRE     : 'require' ;
SHIFTED     : 'shifted' ;
STEP        : 'step' ;
TEXT_KIND   : 'text' ;
WINDOW      : 'window' ;
WITHIN      : 'within' ;

// ---- Tokens: the rest ----

NAME        : LETTER (LETTER | DIGIT)* ;
NUMBER      : DIGIT+ ('.' DIGIT+)? ([eE] [+-]? DIGIT+)? ;
TEXT        : '"' TEXT_PART* '"' ;
OPEN_TEXT   : '"' TEXT_PART* ;

PIPE        : '|>' ;
RANGE       : '..' ;
DOT         : '.' ;
EQUAL       : '==' ;
UNEQUAL     : '!=' ;
AT_MOST     : '<=' ;
AT_LEAST    : '>=' ;
LESS        : '<' ;
GREATER     : '>' ;
ASSIGN      : '=' ;
COLON       : ':' ;
COMMA       : ',' ;
PLUS        : '+' ;
MINUS       : '-' ;
TIMES       : '*' ;
DIVIDE      : '/' ;
MATMUL      : '@' ;
POWER       : '^' ;
L_PAREN     : '(' ;
R_PAREN     : ')' ;
L_BRACKET   : '[' ;
R_BRACKET   : ']' ;
L_BRACE     : '{' ;
R_BRACE     : '}' ;

// A line of four slashes or more is a rule, not documentation.
DOC         : '///' (~[/\r\n] ~[\r\n]*)? ;
COMMENT     : '//' ~[\r\n]* -> skip ;
NEWLINE     : '\r'? '\n' | '\r' ;
SPACE       : [ \t\f\u00A0\uFEFF]+ -> skip ;

// Anything else, so that the lexer itself never fails.
STRAY       : . ;

// Latin and Greek letters.
fragment LETTER
  : [A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F]
  | [\u0386\u0388-\u038A\u038C\u038E-\u03A1\u03A3-\u03E1\u03F0-\u03F5\u03F7-\u03FF]
  ;
fragment DIGIT     : [0-9] ;
fragment TEXT_PART : ~["\\\r\n] | '\\' ~[\r\n] ;
