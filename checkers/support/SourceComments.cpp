#include "support/SourceComments.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

namespace {

/// Reads a file once, from front to back.
class CommentReader {
public:
  explicit CommentReader(StringRef Rest) : Rest(Rest) {}

  CommentedSource read() && {
    while (!Rest.empty()) {
      if (Rest.starts_with("/*"))
        readComment("*/");
      else if (Rest.starts_with("//"))
        readComment("\n");
      else if (Rest.front() == '"' || Rest.front() == '\'')
        readQuoted(Rest.front());
      else
        take(/*IsCode=*/true);
    }
    Source.Code.push_back(std::move(Line));
    for (SourceComment &Comment : Source.Comments)
      Comment.IsAlone = isBlank(Comment.FirstLine) && isBlank(Comment.LastLine);
    return std::move(Source);
  }

private:
  void take(bool IsCode) {
    char C = Rest.front();
    Rest = Rest.drop_front();
    if (C == '\n') {
      Source.Code.push_back(std::move(Line));
      Line.clear();
      return;
    }
    Line += IsCode || C == '\t' ? C : ' ';
  }

  void readComment(StringRef End) {
    SourceComment Comment;
    Comment.FirstLine = Source.Code.size() + 1;
    Comment.Column = Line.size() + 1;
    size_t Length = std::min(Rest.find(End, 2), Rest.size());
    Comment.Text = flowingText(Rest.substr(2, Length - 2));
    if (End == "*/")
      Length = std::min(Length + 2, Rest.size());
    for (; Length != 0; --Length)
      take(/*IsCode=*/false);
    Comment.LastLine = Source.Code.size() + 1;
    Source.Comments.push_back(std::move(Comment));
  }

  void readQuoted(char Quote) {
    take(/*IsCode=*/true);
    while (!Rest.empty() && Rest.front() != Quote && Rest.front() != '\n') {
      if (Rest.front() == '\\')
        take(/*IsCode=*/false);
      if (!Rest.empty())
        take(/*IsCode=*/false);
    }
    if (!Rest.empty())
      take(/*IsCode=*/true);
  }

  static std::string flowingText(StringRef Text) {
    SmallVector<StringRef, 4> Lines;
    Text.split(Lines, '\n');
    std::string Flowing;
    for (StringRef Part : Lines) {
      Part = Part.trim().ltrim('*').trim();
      if (!Part.empty())
        Flowing += (Flowing.empty() ? "" : " ") + Part.str();
    }
    return Flowing;
  }

  bool isBlank(uint32_t Number) const {
    return StringRef(Source.Code[Number - 1]).trim().empty();
  }

  StringRef Rest;
  std::string Line; ///< the code of the line at hand
  CommentedSource Source;
};

} // namespace

CommentedSource readComments(StringRef Content) {
  return CommentReader(Content).read();
}

uint32_t nextCodeLine(const CommentedSource &Source, uint32_t Line) {
  while (Line <= Source.Code.size() &&
         StringRef(Source.Code[Line - 1]).trim(" \t\r\\").empty())
    ++Line;
  return Line;
}

uint32_t endOfStatement(const CommentedSource &Source, uint32_t Line,
                        uint32_t Column) {
  if (Line == 0) // a place without a line
    return Line;
  int Depth = 0;
  size_t From = Column == 0 ? 0 : Column - 1;
  for (uint32_t At = Line; At <= Source.Code.size(); ++At, From = 0)
    for (char C : StringRef(Source.Code[At - 1]).substr(From)) {
      if (C == '(')
        ++Depth;
      // The call at hand may stand in brackets that were opened before it.
      if (C == ')' && --Depth < 0)
        return At;
      if (Depth == 0 && (C == ';' || C == '{' || C == '}'))
        return At;
    }
  return Line;
}

} // namespace bootorder
