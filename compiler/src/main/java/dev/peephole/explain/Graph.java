package dev.peephole.explain;

import dev.peephole.explain.Trace.Edge;
import dev.peephole.explain.Trace.Node;
import dev.peephole.ir.Application;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network as a graph: what the model says, with the values that go from one to the other. Each
 * expression is a node, within the layers, cells and functions in whose bodies it stands, as the
 * check's {@link Application}s tell.
 */
final class Graph {
  private final Program checked;
  private final List<Equations.Entry> entries;
  private final Places places;
  private final Terms terms;
  private final Map<Var, Integer> parameters = new HashMap<>();
  private final Set<String> ids;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<Edge> edges = new LinkedHashSet<>();
  private final Map<Var, Integer> given = new HashMap<>();
  private final Map<Application, Integer> applications = new HashMap<>();
  private final Map<Integer, Integer> byTerm = new HashMap<>();

  private Graph(
      Program checked, Program shown, Values values, List<Equations.Entry> entries, Places places) {
    this.checked = checked;
    this.entries = entries;
    this.places = places;
    this.terms = new Terms(checked.step());
    this.ids = entries.stream().map(Equations.Entry::id).collect(Collectors.toSet());
    for (int i = 0; i < checked.weights().size(); i++) {
      parameters.put(checked.weights().get(i), values.number(shown.weights().get(i)));
    }
  }

  /**
   * The graph of a network.
   *
   * @param checked the network as the model says it
   * @param shown the program whose values and equations the page has
   */
  static Trace.Graph of(
      Program checked, Program shown, Values values, List<Equations.Entry> entries, Places places) {
    Graph graph = new Graph(checked, shown, values, entries, places);
    graph.draw();
    return new Trace.Graph(graph.nodes, List.copyOf(graph.edges));
  }

  private void draw() {
    checked.inputs().forEach(var -> given.put(var, terminal(var, "input", -1)));
    terms.all().forEach(term -> byTerm.put(term, node(term)));
    checked.targets().forEach(var -> given.put(var, terminal(var, "target", -1)));
    terms.all().forEach(this::edgesInto);
    for (Var output : checked.step().outputs(Role.OUTPUT)) {
      edge(terms.source(output), terminal(output, "output", -1));
    }
  }

  /** An input, a target or an output. */
  private int terminal(Var var, String kind, int parent) {
    List<Trace.Place> place = var.declaration().map(places::place).stream().toList();
    nodes.add(
        new Node("", kind, var.label().text(), shape(var), parent, List.of(), List.of(), place));
    return nodes.size() - 1;
  }

  private int node(int term) {
    Equation root = terms.root(term);
    Origin.Written written = (Origin.Written) root.origin();
    Set<Integer> equations = new LinkedHashSet<>(equations(terms.numbers(term)));
    equations.addAll(own(terms.ways(term)));
    boolean isLoss = root.out() == checked.loss();
    List<Integer> own = own(Set.of(written.number()));
    String id = own.isEmpty() ? "" : entries.get(own.get(own.size() - 1)).id();
    Set<Integer> read =
        terms.inputs(term).stream()
            .map(terms::source)
            .map(source -> parameters.get(source.var()))
            .filter(number -> number != null)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    int parent = parent(written.within());
    nodes.add(
        new Node(
            id,
            isLoss ? "loss" : "equation",
            name(root),
            written.expression().text().replaceAll("\\s+", " "),
            parent,
            equations.stream().sorted().toList(),
            List.copyOf(read),
            List.of(places.place(written.expression()))));
    return nodes.size() - 1;
  }

  private static String name(Equation root) {
    String name = root.out().label().text();
    return name.isEmpty() ? root.op().name() : name;
  }

  private static String shape(Var var) {
    return var.shape() + (var.classes() > 0 ? " class(" + var.classes() + ")" : "");
  }

  /** The node of an application; −1 for the network itself. */
  private int parent(Optional<Application> within) {
    if (within.isEmpty()) {
      return -1;
    }
    Integer known = applications.get(within.get());
    return known != null ? known : application(within.get());
  }

  private int application(Application application) {
    int parent = parent(application.around());
    List<Integer> own = own(terms.recurrences(application));
    nodes.add(
        new Node(
            id(application, own),
            application.kind(),
            application.name(),
            application.call().text().replaceAll("\\s+", " "),
            parent,
            own,
            List.of(),
            List.of(places.place(application.declaration()))));
    applications.put(application, nodes.size() - 1);
    return nodes.size() - 1;
  }

  /** Of a cell the id of its recurrence, else the name. */
  private String id(Application application, List<Integer> own) {
    Optional<String> recurrence =
        own.stream()
            .map(entries::get)
            .filter(entry -> entry.kernel() instanceof Kernel.Recurrence)
            .map(Equations.Entry::id)
            .findFirst();
    String id = recurrence.orElse(application.name());
    for (int i = 2; recurrence.isEmpty() && !ids.add(id); i++) {
      id = application.name() + "-" + i;
    }
    return id;
  }

  /** The equations of the page that have some of the model's for their own. */
  private List<Integer> own(Set<Integer> numbers) {
    return IntStream.range(0, entries.size())
        .filter(i -> numbers.stream().anyMatch(n -> entries.get(i).atoms().own().contains(atom(n))))
        .boxed()
        .toList();
  }

  /** The same, or those in which they are written out where none has them for its own. */
  private List<Integer> equations(Set<Integer> numbers) {
    Set<Integer> found = new LinkedHashSet<>();
    for (int number : numbers) {
      List<Integer> own = own(Set.of(number));
      found.addAll(own);
      IntStream.range(0, entries.size())
          .filter(i -> own.isEmpty() && entries.get(i).atoms().contains(atom(number)))
          .forEach(found::add);
    }
    return List.copyOf(found);
  }

  private static Atoms.Atom atom(int number) {
    return new Atoms.Atom(number, Atoms.FORWARD);
  }

  private void edgesInto(int term) {
    int node = byTerm.get(term);
    for (Var input : terms.inputs(term)) {
      edge(terms.source(input), node);
      terms.beginnings(input).forEach(initial -> edge(terms.source(initial), node));
    }
  }

  /** An edge from what computes a value; none from parameters, which their nodes name. */
  private void edge(Terms.Source source, int to) {
    Integer from = source.term() >= 0 ? byTerm.get(source.term()) : given.get(source.var());
    if (from != null) {
      String name = source.var().label().text();
      edges.add(
          new Edge(
              from,
              to,
              name,
              shape(source.var()),
              shape(source.handed()),
              shape(source.read()),
              source.before()));
    }
  }
}
