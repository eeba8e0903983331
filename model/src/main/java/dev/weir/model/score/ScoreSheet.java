package dev.weir.model.score;

import dev.weir.model.calibration.Intervals;

/**
 * One record's score, in a sheet that {@link Scorer#score} fills in again for every record, so that
 * scoring allocates nothing; each part is what {@link Score} says it is. For one thread; {@link
 * #score} copies out what is to be kept.
 */
public final class ScoreSheet {
  final double[] row;
  final float[] inputs;
  final double[] mappedRow;
  final float[] mappedInputs;
  final float[] memberMargins;
  final float[] quantileInputs;
  final double[] distances = new double[2];
  final double[] contributions;
  final double[] memberProbabilities;
  double bias;
  double margin;
  double pModel;
  double pGlm;
  double agreement;
  double p10;
  double p50;
  double p90;

  /**
   * @param columns of the domain that trees read
   * @param fallbackColumns that only the fallback reads
   * @param mapped columns of an imported model; 0 where there is none
   * @param trees models of the ensemble
   * @param members that can agree or not
   */
  ScoreSheet(int columns, int fallbackColumns, int mapped, int trees, int members, int sources) {
    row = new double[columns + fallbackColumns];
    inputs = new float[columns];
    mappedRow = new double[mapped];
    mappedInputs = new float[mapped];
    memberMargins = new float[trees];
    quantileInputs = new float[columns + Intervals.EXTRAS];
    contributions = new double[sources];
    memberProbabilities = new double[members];
  }

  /** What is filled in, to keep. */
  public Score score() {
    return new Score(
        margin,
        bias,
        contributions.clone(),
        pModel,
        pGlm,
        memberProbabilities.clone(),
        agreement,
        p10,
        p50,
        p90);
  }

  public double margin() {
    return margin;
  }

  public double bias() {
    return bias;
  }

  /** How many sources contribute. */
  public int sourceCount() {
    return contributions.length;
  }

  public double contribution(int source) {
    return contributions[source];
  }

  public double pModel() {
    return pModel;
  }

  public double pGlm() {
    return pGlm;
  }

  /** How many members there are. */
  public int memberCount() {
    return memberProbabilities.length;
  }

  public double memberProbability(int member) {
    return memberProbabilities[member];
  }

  public double agreement() {
    return agreement;
  }

  public double p10() {
    return p10;
  }

  public double p50() {
    return p50;
  }

  public double p90() {
    return p90;
  }
}
