package dev.peephole.explain;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, where it is installed; else the tests are skipped. */
public final class Browser implements AutoCloseable {
  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it with a profile of its own. */
  public static Browser start(Path profile) {
    Optional<Path> browser = found("chromium", "google-chrome");
    Optional<Path> service = found("chromedriver");
    assumeTrue(
        browser.isPresent() && service.isPresent(),
        "chromium and chromedriver are not installed: tests of the page are skipped");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get().toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-sync",
        "--user-data-dir=" + profile);
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriver driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(service.get().toFile())
                .usingAnyFreePort()
                .build(),
            options);
    driver.manage().timeouts().implicitlyWait(Duration.ZERO);
    return new Browser(driver);
  }

  private static Optional<Path> found(String... names) {
    String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(names)
        .flatMap(name -> Stream.of(folders.split(File.pathSeparator)).map(f -> Path.of(f, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public ChromeDriver driver() {
    return driver;
  }

  public void open(Path page, String address) {
    driver.get("about:blank");
    driver.get(page.toUri() + address);
  }

  /** Opens a page that a server has. */
  public void open(URI page) {
    driver.get("about:blank");
    driver.get(page.toString());
  }

  /** Waits until a script gives something true. */
  public void await(String script) {
    new WebDriverWait(driver, Duration.ofSeconds(20), Duration.ofMillis(50))
        .withMessage(script)
        .until(d -> Boolean.TRUE.equals(driver.executeScript("return Boolean(" + script + ")")));
  }

  public void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  public void theme(String theme) {
    run("document.documentElement.dataset.theme = '" + theme + "'");
  }

  public Object run(String script) {
    return driver.executeScript(script);
  }

  public WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** The texts of all elements that are displayed. */
  public List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .map(String::strip)
        .toList();
  }

  /** Presses a key where the focus is. */
  public void press(Keys key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  public String address() {
    return (String) run("return decodeURIComponent(location.hash)");
  }

  /** What the browser complained about. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
