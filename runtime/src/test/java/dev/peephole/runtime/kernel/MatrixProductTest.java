package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixProductTest {

  /** One shape for each way through the code, those of small networks, and random ones. */
  static Stream<ProductCase> cases() {
    return ProductCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void formsAgreeToTheLastBitAndWithTheDefinition(ProductCase c) {
    double[] exact = c.exact();
    double[] magnitude = c.magnitude();
    List<float[]> results = new ArrayList<>();
    for (ProductForm form : forms(c)) {
      results.add(c.run(new MatrixProduct(form)));
    }
    results.add(c.run(new MatrixProduct()));
    float[] first = results.get(0);
    for (int i = 0; i < exact.length; i++) {
      double bound = c.inner() * 0x1p-24 * magnitude[i];
      assertThat((double) first[i]).isCloseTo(exact[i], offset(bound));
    }
    for (float[] result : results) {
      assertThat(bits(result)).isEqualTo(bits(first));
    }
  }

  @Test
  void aPackedMatrixGivesTheSameBitsOneAfterAnother() {
    PackedMatrix packed = new PackedMatrix();
    PackedMatrix plain = new PackedMatrix();
    MatrixProduct product = new MatrixProduct();
    MatrixProduct scalar = new MatrixProduct(new ScalarProduct());
    for (ProductCase c : ProductCase.all()) {
      int[] bits = bits(c.run(scalar));
      assertThat(bits(c.runPacked(product, packed))).as("%s", c).isEqualTo(bits);
      assertThat(bits(c.runPacked(scalar, plain))).as("%s", c).isEqualTo(bits);
    }
  }

  @Test
  void aPackedMatrixOfDoublesIsThatOfTheTextbook() {
    MatrixProduct product = new MatrixProduct();
    PackedMatrix packed = new PackedMatrix();
    double[] c = new double[4];
    packed.set(new double[] {7, 8, 9, 10, 11, 12}, 3, 2);
    product.multiply(new double[] {1, 2, 3, 4, 5, 6}, 0, packed, c, 0, 2);
    assertThat(c).containsExactly(58, 64, 139, 154);
    packed.setTransposed(new double[] {7, 8, 9, 10, 11, 12}, 3, 2);
    product.multiply(new double[] {1, 2, 3, 4, 5, 6}, 0, packed, c, 0, 2);
    assertThat(c).containsExactly(50, 68, 122, 167);
  }

  /** The fused chain that every form promises, spelled out. */
  @ParameterizedTest
  @MethodSource("cases")
  void anElementIsOneChainOfFusedMultiplyAdds(ProductCase c) {
    float[] result = c.run(new MatrixProduct());
    int last = result.length - 1;
    for (int at : new int[] {0, last / 2, last}) {
      assertThat(Float.floatToRawIntBits(result[at]))
          .isEqualTo(Float.floatToRawIntBits(c.chain(at / c.columns(), at % c.columns())));
    }
  }

  private static List<ProductForm> forms(ProductCase c) {
    List<ProductForm> forms = new ArrayList<>();
    forms.add(new PlainProduct());
    forms.add(new ScalarProduct());
    forms.add(new VectorProduct());
    forms.add(new TiledProduct());
    return forms;
  }

  @Test
  void oneInstanceServesOneShapeAfterAnother() {
    MatrixProduct product = new MatrixProduct();
    MatrixProduct scalar = new MatrixProduct(new ScalarProduct());
    for (ProductCase c : ProductCase.all()) {
      assertThat(bits(c.run(product))).as("%s", c).isEqualTo(bits(c.run(scalar)));
    }
  }

  @Test
  void anEmptySumIsZeroAndAnEmptyProductLeavesItsArrayAlone() {
    MatrixProduct product = new MatrixProduct();
    float[] c = {9, 9, 9, 9};
    product.multiply(new float[0], new float[0], c, 0, 3, 2);
    assertThat(c).containsOnly(9);
    product.multiply(new float[0], 0, new float[0], 0, c, 1, 1, 0, 2);
    assertThat(c).containsExactly(9, 0, 0, 9);
  }

  @Test
  void infinityAndNotANumberStayInTheirRowsAndColumns() {
    ProductCase c = new ProductCase(ProductCase.Kind.PLAIN, 9, 20, 35, 1);
    float[] a = Matrices.random(9 * 20, 1);
    float[] b = Matrices.random(20 * 35, 2);
    a[8 * 20 + 3] = Float.NaN;
    b[5 * 35 + 34] = Float.POSITIVE_INFINITY;
    float[] out = new float[9 * 35];
    new MatrixProduct().multiply(a, b, out, c.rows(), c.inner(), c.columns());
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 35; j++) {
        assertThat(Float.isNaN(out[i * 35 + j])).isEqualTo(i == 8);
        assertThat(Float.isInfinite(out[i * 35 + j])).isEqualTo(i != 8 && j == 34);
      }
    }
  }

  @Test
  void doublePrecisionIsThatOfTheTextbook() {
    MatrixProduct product = new MatrixProduct();
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] b = {7, 8, 9, 10, 11, 12};
    double[] c = new double[4];
    product.multiply(a, b, c, 2, 3, 2);
    assertThat(c).containsExactly(58, 64, 139, 154);
    product.multiplyLeftTransposed(a, b, c, 2, 3, 2);
    assertThat(c).containsExactly(89, 98, 116, 128);
    product.multiplyRightTransposed(a, b, c, 2, 3, 2);
    assertThat(c).containsExactly(50, 68, 122, 167);
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    return bits;
  }
}
