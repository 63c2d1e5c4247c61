class Line {}
